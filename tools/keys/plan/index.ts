export type { Action, Body, Change, Held, IssueAction, Note, Plan, PlanOptions, Policy } from "./action";
export type { Current, CurrentObject } from "./current";
export { isOver } from "./end-key";
export { arrangeGenerations, type Generation, generationsByName, type KeyGenerations } from "./key-generations";
export { MARK, type Mark, markIn } from "./mark";
export { type Ownership, ownershipOf, withoutOwner } from "./ownership";
export { keysToAskFor, makePlan } from "./plan";
export { SecretValue } from "./secret-value";
export { timeOf } from "./time-of";
