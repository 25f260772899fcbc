import type { LintRule } from "./lint-rule";
import { LINT_RULES } from "./rules";

const FALLBACKS = ["fallbacks", "context_window_fallbacks", "content_policy_fallbacks", "default_fallbacks"].flatMap((name) => [
  `router_settings.${name}`,
  `litellm_settings.${name}`,
]);
const DURATIONS = ["*.budget_duration", "*.time_period", "*.duration"];
const CALLBACKS = ["callbacks", "success_callback", "failure_callback"].map((name) => `litellm_settings.${name}`);
const MODEL = ["model_list.litellm_params.model", "model_list.litellm_params.custom_llm_provider"];
const CREDENTIALS = [
  ...["*.api_key", "*.password", "*.token", "*.secret", "*.aws_access_key_id", "*.aws_secret_access_key", "*.vertex_credentials"],
  ...["environment_variables", "credential_list.credential_values", "*.headers", "*.extra_headers"],
];
const LIMITS = ["*.rpm", "*.tpm", "*.max_parallel_requests", "router_settings.routing_strategy"];

/**
 * Which settings a rule looks at, as paths without indices. `*.name` is the name anywhere, and a path stands for all
 * below it. A test holds it against the rules' fixtures.
 */
const CONCERNS: Readonly<Record<string, readonly string[]>> = {
  "alerting-without-target": ["general_settings.alerting", "general_settings.alert_to_webhook_url"],
  "alias-shadows-group": ["router_settings.model_group_alias"],
  "alias-undefined": ["router_settings.model_group_alias"],
  "api-base-missing": [...MODEL, "model_list.litellm_params.api_base"],
  "api-version-missing": [...MODEL, "model_list.litellm_params.api_version"],
  "auth-cache-without-redis": ["litellm_settings.enable_redis_auth_cache", "litellm_settings.cache_params"],
  "budget-without-duration": ["*.max_budget", "*.budget_duration"],
  "budget-zero": ["*.max_budget", "*.budget_limit"],
  "cache-off": ["litellm_settings.cache", "litellm_settings.cache_params"],
  "cache-without-host": ["litellm_settings.cache", "litellm_settings.cache_params"],
  "callback-outdated": CALLBACKS,
  "callback-settings-unused": ["callback_settings"],
  "callback-unknown": CALLBACKS,
  "client-headers-forwarded": [
    "general_settings.forward_client_headers_to_llm_api",
    "general_settings.allow_client_side_credentials",
  ],
  "client-tags-by-header": ["general_settings.reject_clientside_metadata_tags"],
  "client-tags-switch": ["*.allow_client_tags"],
  "credential-literal": CREDENTIALS,
  "credential-undefined": ["*.litellm_credential_name", "credential_list.credential_name"],
  "database-shadows-file": ["general_settings.store_model_in_db", "general_settings.supported_db_objects"],
  "debug-logging": ["litellm_settings.set_verbose", "environment_variables.LITELLM_LOG"],
  "deployment-duplicate": ["model_list"],
  "deployment-id-duplicate": ["model_list.model_info.id"],
  "deployment-id-missing": ["model_list", "model_list.model_info.id"],
  "deprecated-setting": [
    ...["general_settings.user_header_name", "router_settings.redis_db", "litellm_settings.set_verbose"],
    ...["general_settings", "litellm_settings", "router_settings"],
  ],
  "docs-url-empty": ["environment_variables.DOCS_URL"],
  "duration-calendar": DURATIONS,
  "duration-invalid": DURATIONS,
  "duration-suffix": DURATIONS,
  "duration-word": DURATIONS,
  "enterprise-setting": [
    ...["allowed_ips", "enforced_params", "public_routes", "admin_only_routes", "max_request_size_mb"].map(inGeneral),
    ...["max_response_size_mb", "custom_team_metadata_validate", "enable_jwt_auth", "key_management_system"].map(inGeneral),
    ...["worker_registry", "litellm_settings.tag_budget_config", "litellm_settings.store_audit_logs", ...CALLBACKS],
  ],
  "environment-variable-ignored": ["environment_variables"],
  "fallback-cannot-help": FALLBACKS,
  "fallback-cycle": FALLBACKS,
  "fallback-source-undefined": FALLBACKS,
  "fallback-to-itself": FALLBACKS,
  "fallback-twice": FALLBACKS,
  "fallback-undefined": FALLBACKS,
  "fallbacks-in-two-blocks": FALLBACKS,
  "group-undefined": ["router_settings.model_group_retry_policy", "router_settings.routing_groups"],
  "guardrail-undefined": ["model_list.litellm_params.guardrails", "guardrails.guardrail_name"],
  "guardrail-unknown": ["guardrails.litellm_params.guardrail"],
  "limits-per-replica": LIMITS,
  "master-key-check-off": ["general_settings.dangerously_permit_weak_or_unset_master_key"],
  "master-key-literal": ["general_settings.master_key"],
  "mcp-oauth2-flow": ["*.auth_type"],
  "mcp-stdio-off": ["*.transport"],
  "metric-label-clash": ["litellm_settings.custom_prometheus_tags", "litellm_settings.custom_prometheus_metadata_labels"],
  "metric-label-unknown": ["litellm_settings.prometheus_metrics_config", "litellm_settings.prometheus_exclude_labels"],
  "metric-unknown": ["litellm_settings.prometheus_metrics_config", "litellm_settings.prometheus_exclude_metrics"],
  "metrics-open": ["litellm_settings.require_auth_for_metrics_endpoint", ...CALLBACKS],
  "metrics-settings-unused": [
    "litellm_settings.custom_prometheus_tags",
    "litellm_settings.custom_prometheus_metadata_labels",
    "litellm_settings.prometheus_metrics_config",
  ],
  "mode-missing": ["model_list.model_info.mode", "model_list"],
  "model-grant-undefined": ["*.models"],
  "model-retired": MODEL,
  "model-retiring": MODEL,
  "model-unknown": MODEL,
  "oauth2-breaks-auth": ["general_settings.enable_oauth2_auth"],
  "ollama-generate": MODEL,
  "ollama-serve": MODEL,
  "parameter-misunderstood": ["model_list.litellm_params.priority", "model_list.litellm_params.ttl"],
  "pass-through-open": ["general_settings.pass_through_endpoints"],
  "password-in-url": ["*.database_url", "*.redis_url", "*.url"],
  "policy-undefined": ["policy_attachments.policy", "policies"],
  "price-override-far": ["*.input_cost_per_token", "*.output_cost_per_token"],
  "prometheus-without-failures": CALLBACKS,
  "prompts-logged": [...CALLBACKS, "litellm_settings.turn_off_message_logging"],
  "provider-unknown": MODEL,
  "redis-port-missing": ["*.redis_host", "*.redis_port", "litellm_settings.cache_params.host"],
  "redis-url-slow": ["*.redis_url"],
  "reference-embedded": CREDENTIALS,
  "reference-form": CREDENTIALS,
  "reference-in-list": ["litellm_settings.extra_spend_tag_headers"],
  "region-missing": [...MODEL, "*.aws_region_name", "*.vertex_location"],
  "requests-without-database": ["general_settings.allow_requests_on_db_unavailable"],
  "routing-strategy-slow": ["router_settings.routing_strategy"],
  "salt-key-missing": ["general_settings.store_model_in_db", "environment_variables.LITELLM_SALT_KEY"],
  "salt-key-shared": ["general_settings.master_key", "environment_variables.LITELLM_SALT_KEY"],
  "semantic-cache-threshold": ["litellm_settings.cache_params"],
  "tags-without-filtering": ["model_list.litellm_params.tags", "router_settings.enable_tag_filtering"],
  "tls-verification-off": ["*.ssl_verify"],
  "wildcard-model": ["model_list.model_name"],
};

function inGeneral(name: string): string {
  return `general_settings.${name}`;
}

/** The rules that look at a setting, given as a path with or without indices. Rules about every setting are not among them. */
export function rulesConcerning(setting: string): LintRule[] {
  const path = setting.replace(/\[\d+\]/g, "");
  return LINT_RULES.filter(({ id }) => (CONCERNS[id] ?? []).some((pattern) => covers(pattern, path)));
}

function covers(pattern: string, path: string): boolean {
  if (pattern.startsWith("*.")) return `.${path}.`.includes(`.${pattern.slice(2)}.`);
  // A whole block, or every item of the list: only what is asked for as such, not each setting in it.
  if (BLOCKS.has(pattern)) return path === pattern;
  return path === pattern || path.startsWith(`${pattern}.`);
}

const BLOCKS = new Set(["model_list", "general_settings", "litellm_settings", "router_settings"]);
