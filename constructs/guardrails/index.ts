export { addGuardrails, type GuardrailOptions } from "./add-guardrails";
export type { Guardrail, Violation } from "./guardrail";
export { type JudgeOptions, judgeStack } from "./judge";
export { GUARDRAILS } from "./rules";
export { type Resource, type StackJson, StackView } from "./stack-view";
