export {
  type CheckSettingsOptions,
  checkSettings,
  type LintOptions,
  lintConfig,
  lintFile,
  litellmConfigJsonSchema,
} from "./check-settings";
export { configSchema } from "./config-schema";
export * from "./litellm-config";
export { declaredProviderParameters, type ProviderParameters, providerParameters } from "./provider-parameters";
export type { Reference } from "./reference";
