export { addEnvironmentStacks } from "./environment-stacks";
export { LocalStack } from "./local-stack";
export type { ProjectPlaces } from "./project-places";
