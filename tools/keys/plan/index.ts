export type { Action, Change, Note, Plan, Policy, UnsureGeneration } from "./action";
export type { Current, CurrentObject } from "./current";
export { MARK, type Mark, markIn } from "./mark";
export { SecretValue } from "./secret-value";
