import type { Environment } from "./environment";

/** Whether people depend on an environment. One machine is for trying, developing and CI. */
export function isProduction(environment: Environment): boolean {
  return environment.target !== "local" && environment.aws.class === "production";
}
