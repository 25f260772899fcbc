import type { App } from "cdktf";
import type { Environment } from "../core/config";
import { LocalStack } from "./local-stack";
import type { ProjectPlaces } from "./project-places";

/** Adds the stacks of an environment to an app. Their ids are state names: renaming one abandons what it deployed. */
export function addEnvironmentStacks(app: App, environment: Environment, places: ProjectPlaces): void {
  new LocalStack(app, environment, places);
}
