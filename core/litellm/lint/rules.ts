import type { LintRule } from "./lint-rule";
import { alertingWithoutTarget } from "./rules/alerting-without-target";
import { aliasShadowsGroup } from "./rules/alias-shadows-group";
import { aliasUndefined } from "./rules/alias-undefined";
import { apiBaseMissing } from "./rules/api-base-missing";
import { apiVersionMissing } from "./rules/api-version-missing";
import { authCacheWithoutRedis } from "./rules/auth-cache-without-redis";
import { budgetWithoutDuration } from "./rules/budget-without-duration";
import { budgetZero } from "./rules/budget-zero";
import { cacheOff } from "./rules/cache-off";
import { cacheWithoutHost } from "./rules/cache-without-host";
import { callbackOutdated } from "./rules/callback-outdated";
import { callbackSettingsUnused } from "./rules/callback-settings-unused";
import { callbackUnknown } from "./rules/callback-unknown";
import { clientHeadersForwarded } from "./rules/client-headers-forwarded";
import { clientTagsByHeader } from "./rules/client-tags-by-header";
import { clientTagsSwitch } from "./rules/client-tags-switch";
import { credentialLiteral } from "./rules/credential-literal";
import { credentialUndefined } from "./rules/credential-undefined";
import { databaseShadowsFile } from "./rules/database-shadows-file";
import { debugLogging } from "./rules/debug-logging";
import { deploymentDuplicate } from "./rules/deployment-duplicate";
import { deploymentIdDuplicate } from "./rules/deployment-id-duplicate";
import { deploymentIdMissing } from "./rules/deployment-id-missing";
import { deprecatedSetting } from "./rules/deprecated-setting";
import { docsUrlEmpty } from "./rules/docs-url-empty";
import { durationCalendar } from "./rules/duration-calendar";
import { durationInvalid } from "./rules/duration-invalid";
import { durationSuffix } from "./rules/duration-suffix";
import { durationWord } from "./rules/duration-word";
import { enterpriseSetting } from "./rules/enterprise-setting";
import { environmentVariableIgnored } from "./rules/environment-variable-ignored";
import { fallbackCannotHelp } from "./rules/fallback-cannot-help";
import { fallbackCycle } from "./rules/fallback-cycle";
import { fallbackSourceUndefined } from "./rules/fallback-source-undefined";
import { fallbackToItself } from "./rules/fallback-to-itself";
import { fallbackTwice } from "./rules/fallback-twice";
import { fallbackUndefined } from "./rules/fallback-undefined";
import { fallbacksInTwoBlocks } from "./rules/fallbacks-in-two-blocks";
import { groupUndefined } from "./rules/group-undefined";
import { guardrailUndefined } from "./rules/guardrail-undefined";
import { guardrailUnknown } from "./rules/guardrail-unknown";
import { limitsPerReplica } from "./rules/limits-per-replica";
import { masterKeyCheckOff } from "./rules/master-key-check-off";
import { masterKeyLiteral } from "./rules/master-key-literal";
import { mcpOauth2Flow } from "./rules/mcp-oauth2-flow";
import { mcpStdioOff } from "./rules/mcp-stdio-off";
import { metricLabelClash } from "./rules/metric-label-clash";
import { metricLabelUnknown } from "./rules/metric-label-unknown";
import { metricUnknown } from "./rules/metric-unknown";
import { metricsOpen } from "./rules/metrics-open";
import { metricsSettingsUnused } from "./rules/metrics-settings-unused";
import { modeMissing } from "./rules/mode-missing";
import { modelGrantUndefined } from "./rules/model-grant-undefined";
import { modelRetired } from "./rules/model-retired";
import { modelRetiring } from "./rules/model-retiring";
import { modelUnknown } from "./rules/model-unknown";
import { oauth2BreaksAuth } from "./rules/oauth2-breaks-auth";
import { ollamaGenerate } from "./rules/ollama-generate";
import { ollamaServe } from "./rules/ollama-serve";
import { parameterMisunderstood } from "./rules/parameter-misunderstood";
import { passThroughOpen } from "./rules/pass-through-open";
import { passwordInUrl } from "./rules/password-in-url";
import { policyUndefined } from "./rules/policy-undefined";
import { priceOverrideFar } from "./rules/price-override-far";
import { prometheusWithoutFailures } from "./rules/prometheus-without-failures";
import { promptsLogged } from "./rules/prompts-logged";
import { providerUnknown } from "./rules/provider-unknown";
import { redisPortMissing } from "./rules/redis-port-missing";
import { redisUrlSlow } from "./rules/redis-url-slow";
import { referenceEmbedded } from "./rules/reference-embedded";
import { referenceForm } from "./rules/reference-form";
import { referenceInList } from "./rules/reference-in-list";
import { regionMissing } from "./rules/region-missing";
import { requestsWithoutDatabase } from "./rules/requests-without-database";
import { routingStrategySlow } from "./rules/routing-strategy-slow";
import { saltKeyMissing } from "./rules/salt-key-missing";
import { saltKeyShared } from "./rules/salt-key-shared";
import { semanticCacheThreshold } from "./rules/semantic-cache-threshold";
import { tagsWithoutFiltering } from "./rules/tags-without-filtering";
import { tlsVerificationOff } from "./rules/tls-verification-off";
import { wildcardModel } from "./rules/wildcard-model";

/** Every rule that looks at a configuration by itself. Pinned: a rule that is not in this list is not run. */
export const LINT_RULES: readonly LintRule[] = [
  alertingWithoutTarget,
  aliasShadowsGroup,
  aliasUndefined,
  apiBaseMissing,
  apiVersionMissing,
  authCacheWithoutRedis,
  budgetWithoutDuration,
  budgetZero,
  cacheOff,
  cacheWithoutHost,
  callbackOutdated,
  callbackSettingsUnused,
  callbackUnknown,
  clientHeadersForwarded,
  clientTagsByHeader,
  clientTagsSwitch,
  credentialLiteral,
  credentialUndefined,
  databaseShadowsFile,
  debugLogging,
  deploymentDuplicate,
  deploymentIdDuplicate,
  deploymentIdMissing,
  deprecatedSetting,
  docsUrlEmpty,
  durationCalendar,
  durationInvalid,
  durationSuffix,
  durationWord,
  enterpriseSetting,
  environmentVariableIgnored,
  fallbackCannotHelp,
  fallbackCycle,
  fallbackSourceUndefined,
  fallbackToItself,
  fallbackTwice,
  fallbackUndefined,
  fallbacksInTwoBlocks,
  groupUndefined,
  guardrailUndefined,
  guardrailUnknown,
  limitsPerReplica,
  masterKeyCheckOff,
  masterKeyLiteral,
  mcpOauth2Flow,
  mcpStdioOff,
  metricLabelClash,
  metricLabelUnknown,
  metricUnknown,
  metricsOpen,
  metricsSettingsUnused,
  modeMissing,
  modelGrantUndefined,
  modelRetired,
  modelRetiring,
  modelUnknown,
  oauth2BreaksAuth,
  ollamaGenerate,
  ollamaServe,
  parameterMisunderstood,
  passThroughOpen,
  passwordInUrl,
  policyUndefined,
  priceOverrideFar,
  prometheusWithoutFailures,
  promptsLogged,
  providerUnknown,
  redisPortMissing,
  redisUrlSlow,
  referenceEmbedded,
  referenceForm,
  referenceInList,
  regionMissing,
  requestsWithoutDatabase,
  routingStrategySlow,
  saltKeyMissing,
  saltKeyShared,
  semanticCacheThreshold,
  tagsWithoutFiltering,
  tlsVerificationOff,
  wildcardModel,
];
