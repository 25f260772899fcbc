import type { Rule } from "../../findings";
import { ambiguousScalar } from "./ambiguous-scalar";
import { invalidSetting } from "./invalid-setting";
import { LINT_RULES } from "./rules";
import { unknownSetting } from "./unknown-setting";

export { ambiguousScalar, ambiguousScalars, unusableScalars } from "./ambiguous-scalar";
export { asLitellmReads } from "./as-litellm-reads";
export { rulesConcerning } from "./concerns";
export { isCredential } from "./credentials";
export { type DeploymentPrice, deploymentPrices } from "./deployment-prices";
export { invalidSetting } from "./invalid-setting";
export type { LintRule } from "./lint-rule";
export { type ModelGroups, modelGroupsOf } from "./model-groups";
export { LINT_RULES } from "./rules";
export { runRules } from "./run-rules";
export type { Surroundings } from "./surroundings";
export { adviseOnUnknown, unknownSetting } from "./unknown-setting";

/** Every rule about LiteLLM's own configuration. */
export const LITELLM_RULES: readonly Rule[] = [ambiguousScalar, invalidSetting, unknownSetting, ...LINT_RULES];
