export { type BedrockModel, type BedrockUse, bedrockUse } from "./bedrock-models";
export * from "./catalogue";
export {
  ambiguousScalar,
  type DeploymentPrice,
  deploymentPrices,
  invalidSetting,
  isCredential,
  LINT_RULES,
  LITELLM_RULES,
  type LintRule,
  type ModelGroups,
  modelGroupsOf,
  rulesConcerning,
  type Surroundings,
  unknownSetting,
} from "./lint";
export { type Reading, readByPyYaml } from "./py-yaml";
export { compareReleases } from "./release";
export { renderConfig } from "./render";
export * from "./settings";
export * from "./version-policy";
