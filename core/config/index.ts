export { NOT_YET_AVAILABLE, TARGETS_TO_COME } from "./availability";
export type { AwsCacheChoice, AwsDatabaseChoice, AwsSettings, AwsWorkload, EnvironmentClass } from "./aws-environment";
export { CACHE_TOKEN, DATABASE_USER, gatewayVariables } from "./aws-gateway";
export { AWS_RULES } from "./aws-rules";
export { FIXED_BY_LOCAL } from "./check";
export { INSTALLABLE_VERSIONS } from "./check-litellm";
export { compareEnvironments, type Difference } from "./compare";
export { deploymentDigest } from "./digest";
export type {
  AwsEnvironment,
  AwsSecretSource,
  Environment,
  LocalEnvironment,
  SecretSource,
  StateSettings,
} from "./environment";
export {
  DEFAULT_ISSUER_PORT,
  DEFAULT_OPERATIONS_PORT,
  DEFAULT_PROXY_PORT,
  type DevelopmentIssuer,
  type DevelopmentUser,
  IDENTITY_PROXY_RULES,
  type IdentityProxy,
  identityProxySchema,
  OWN_KEY_VARIABLE,
  type ProxyListener,
  type ProxySettings,
  ROUTE_CLASSES,
} from "./identity-proxy";
export { isProduction } from "./is-production";
export { DEFAULT_SIGN_IN, type KeysSettings } from "./keys";
export { type LintedFile, lintConfigFile } from "./lint-file";
export {
  checkAtVersion,
  checkEnvironmentText,
  checkShape,
  type ForGuardrails,
  type LoadedEnvironment,
  loadEnvironment,
  loadEnvironmentTree,
  unwaivable,
} from "./load";
export { CONFIG_RULES, type LoadedEnvironments, loadEnvironmentFolder, loadEnvironments } from "./load-all";
export { ENVIRONMENT_RULES } from "./rules";
export {
  DEFAULT_DATABASE_PORT,
  DEFAULT_LITELLM_PORT,
  DEFAULT_LITELLM_VERSION,
  type EnvironmentInput,
  environmentSchema,
} from "./schema";
export { PROVIDED_BY_LOCAL } from "./surroundings";
