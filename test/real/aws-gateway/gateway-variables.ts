import { join } from "node:path";
import { gatewayVariables, loadEnvironment } from "../../../core/config";
import { cacheFolder } from "../../../tools/local/folders";
import { SILENT } from "../../../tools/local/progress";
import { installLitellm } from "../../../tools/local/python";
import { runProgram } from "../../../tools/local/run-program";

const TEMPLATE = join(__dirname, "..", "..", "..", "templates/environments/aws.yaml");

/** The user of the cache, and the cache's name: what the data stack makes of the environment's. */
export const CACHE_USER = "aws-litellm";

/** The variables that the data stack of the AWS template hands to the gateway. */
export function templateVariables(databaseHost: string, cacheHost: string): Record<string, string> {
  const { environment } = loadEnvironment(TEMPLATE, "2026-11-21");
  if (environment?.target !== "kubernetes") throw new Error("the template is not for AWS");
  return gatewayVariables(environment.aws, { databaseHost, cacheHost }, CACHE_USER);
}

/** LiteLLM's own interpreter; installs it where it is not yet. */
export async function litellmPython(): Promise<string> {
  const cache = cacheFolder(process.env);
  return (await installLitellm({ version: "1.108.10", cache, environment: process.env, progress: SILENT })).python;
}

/** Runs a script of this folder with those variables and credentials that AWS would never take. */
export function runScript(python: string, script: string, args: readonly string[], variables: Readonly<Record<string, string>>) {
  const credentials = { AWS_ACCESS_KEY_ID: "AKIAEXAMPLE", AWS_SECRET_ACCESS_KEY: "example" };
  const machine = { PATH: process.env.PATH, HOME: process.env.HOME, LITELLM_LOCAL_MODEL_COST_MAP: "True" };
  return runProgram(python, [join(__dirname, script), ...args], { environment: { ...machine, ...credentials, ...variables } });
}
