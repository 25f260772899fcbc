export { GUARDRAILS } from "../constructs";
export { addEnvironmentStacks } from "./environment-stacks";
export { guardEnvironment, guardStacks } from "./guard";
export { LocalStack } from "./local-stack";
export type { ProjectPlaces } from "./project-places";
