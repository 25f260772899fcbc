import type { App, TerraformStack } from "cdktf";
import type { Environment } from "../core/config";
import { LocalStack } from "./local-stack";
import type { ProjectPlaces } from "./project-places";

/** Loaded when an environment needs it: the provider's bindings cost a local synth more than its own work. */
function awsStacks(): typeof import("./data-stack") {
  return require("./data-stack");
}

/** Adds the stacks of an environment to an app. Their ids are state names: renaming one abandons what it deployed. */
export function addEnvironmentStacks(app: App, environment: Environment, places: ProjectPlaces): TerraformStack[] {
  if (environment.target === "local") return [new LocalStack(app, environment, places)];
  const { DataStack } = awsStacks();
  return [new DataStack(app, environment, places)];
}
