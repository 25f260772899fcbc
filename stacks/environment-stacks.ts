import type { App } from "cdktf";
import type { Environment } from "../core/config";
import { LocalStack } from "./local-stack";
import type { ProjectPlaces } from "./project-places";

/** Loaded when an environment needs it: the provider's bindings cost a local synth more than its own work. */
function awsStacks(): typeof import("./data-stack") {
  return require("./data-stack");
}

/** Adds the stacks of an environment to an app. Their ids are state names: renaming one abandons what it deployed. */
export function addEnvironmentStacks(app: App, environment: Environment, places: ProjectPlaces): void {
  if (environment.target === "local") {
    new LocalStack(app, environment, places);
    return;
  }
  const { DataStack } = awsStacks();
  new DataStack(app, environment, places);
}
