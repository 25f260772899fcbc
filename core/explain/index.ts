export { type Answer, EXPLAINED_RULES, type ExplainOptions, explain } from "./explain";
export type * from "./explanation";
