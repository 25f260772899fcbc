export { missedText } from "./missed-text";
export { appliedText, type PlanHead, placeText, planJson, planText } from "./plan-text";
