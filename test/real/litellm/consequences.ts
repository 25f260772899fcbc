import type { Loaded } from "../../support/load-configs";

/** A mistake that lint finds, and what the real LiteLLM does with it. */
export interface Consequence {
  /** The rule that finds it. */
  readonly rule: string;
  /** What happens: the end of the test's title. */
  readonly title: string;
  readonly config: string;
  /** What the loader answers. */
  readonly seen: (loaded: Loaded) => unknown;
  readonly expected: unknown;
}

const model = (name: string, params: string, info = `{ id: ${name}-1 }`): string =>
  `  - model_name: ${name}\n    litellm_params: { ${params} }\n    model_info: ${info}\n`;
const GPT = model("gpt", "model: openai/gpt-4o, api_key: os.environ/OPENAI_API_KEY");
const CLAUDE = model("claude", "model: anthropic/claude-sonnet-4-5, api_key: os.environ/ANTHROPIC_API_KEY");
const models = (...items: string[]): string => `model_list:\n${items.join("")}`;

const ends = (rule: string, config: string, error: string): Consequence => ({
  rule,
  title: `ends the start: ${error}`,
  config,
  seen: ({ loads, error: got }) => ({ loads, error: got.includes(error) ? error : got }),
  expected: { loads: false, error },
});
const logs = (rule: string, config: string, line: string): Consequence => ({
  rule,
  title: `is told in one line of the log: ${line}`,
  config,
  seen: ({ loads, log }) => ({ loads, line: log.some((one) => one.includes(line)) ? line : log }),
  expected: { loads: true, line },
});
/** The loader says nothing: apart from what it says of every configuration. */
const silent = (rule: string, title: string, config: string): Consequence => ({
  rule,
  title: `${title}, without a word`,
  config,
  seen: ({ loads, error, log }) => ({ loads, error, log: log.filter((line) => !/trusted_proxy_ranges|MASTER_KEY/.test(line)) }),
  expected: { loads: true, error: "", log: [] },
});
const shows = (rule: string, title: string, config: string, seen: Consequence["seen"], expected: unknown): Consequence => ({
  rule,
  title,
  config,
  seen,
  expected,
});

const settings = (text: string): string => `litellm_settings:\n  ${text}\n`;
const general = (text: string): string => `general_settings:\n  ${text}\n`;
const router = (text: string): string => `router_settings:\n  ${text}\n`;

/** Tried with LiteLLM 1.108.10. */
export const CONSEQUENCES: readonly Consequence[] = [
  // What ends the start.
  ends("invalid-setting", models(GPT, CLAUDE) + router("fallbacks: [{ gpt: claude }]"), "must be a list of model names"),
  ends("invalid-setting", models(GPT, CLAUDE) + router("fallbacks: { gpt: [claude] }"), "is not a dictionary"),
  ends(
    "invalid-setting",
    models(GPT, CLAUDE) + router("fallbacks: [{ gpt: [claude], claude: [gpt] }]"),
    "must have exactly one key",
  ),
  ends("invalid-setting", models(GPT) + router("default_fallbacks: gpt"), "default_fallbacks must be a list"),
  ends("invalid-setting", models(GPT) + router("routing_strategy: latency"), "routing_strategy"),
  ends("invalid-setting", "mcp_servers: [{ name: a }]\n", "'list' object has no attribute 'items'"),
  ends("invalid-setting", "general_settings: []\n", "'list' object has no attribute 'get'"),
  ends(
    "invalid-setting",
    "model_list: { model_name: a, litellm_params: { model: openai/a } }\n",
    "'str' object has no attribute 'get'",
  ),
  ends("invalid-setting", "model_list: [{ litellm_params: { model: openai/a } }]\n", "model_name"),
  ends("invalid-setting", settings("callbacks: [{ websearch_interception: {} }]"), "'dict' object has no attribute"),
  ends(
    "invalid-setting",
    settings("guardrails: [{ guardrail_name: g, litellm_params: { guardrail: presidio } }]"),
    "GuardrailItem",
  ),
  ends("invalid-setting", settings("upperbound_key_generate_params: 5"), "upperbound_key_generate_params"),
  ends("invalid-setting", settings("default_team_settings: [{ success_callback: [langfuse] }]"), "team_id missing"),
  ends("unknown-setting", models(GPT) + router("health_check_interval: 60"), "health_check_interval"),
  ends("callback-unknown", settings("callbacks: [custom_callback]"), "Empty module name"),
  ends("callback-unknown", settings("callbacks: [s3]"), "Empty module name"),
  ends("callback-unknown", settings("callbacks: [sentry]"), "Empty module name"),
  ends(
    "invalid-setting",
    `${settings("callbacks: [hook]")}callback_settings: { hook: { callback_type: generic_api, endpoint: "https://hook.example" } }\n`,
    "Empty module name",
  ),
  ends("cache-without-host", settings("cache: true"), "Either 'host' or 'url' must be specified for redis"),
  ends("cache-without-host", settings("cache: true\n  cache_params: { type: redis, ttl: 60 }"), "Either 'host' or 'url' must be"),
  ends(
    "cache-without-host",
    settings("cache: true\n  cache_params: { type: redis-semantic, similarity_threshold: 0.8 }"),
    "Missing required Redis configuration",
  ),
  ends(
    "semantic-cache-threshold",
    settings("cache: true\n  cache_params: { type: redis-semantic, host: localhost, port: 6379 }"),
    "similarity_threshold must be provided",
  ),
  ends("enterprise-setting", general("allowed_ips: [192.0.2.1]"), "allowed_ips is an Enterprise Feature"),
  ends("enterprise-setting", general("enforced_params: [user]"), "enforced_params"),
  ends("enterprise-setting", "worker_registry: [{ worker_id: a, name: a, url: 'https://a.example' }]\n", "worker_registry"),
  ends("enterprise-setting", settings("callbacks: [llmguard_moderations]"), "Enterprise"),
  ends(
    "enterprise-setting",
    models(GPT) + settings("tag_budget_config: { a: { max_budget: 1, budget_duration: 1d } }"),
    "Tag budgets are an Enterprise only feature",
  ),
  ends(
    "mcp-oauth2-flow",
    "mcp_servers: { a: { url: 'https://a.example/mcp', auth_type: oauth2 } }\n",
    "requires an explicit oauth2_flow",
  ),

  // What costs a deployment, a guardrail or a server.
  logs("provider-unknown", models(model("g", "model: google/gemini-3.5-flash")), "LLM Provider NOT provided"),
  shows(
    "provider-unknown",
    "drops the deployment and keeps the others",
    models(GPT, model("g", "model: opneai/gpt-4o")),
    ({ deployments }) => deployments,
    ["openai/gpt-4o"],
  ),
  shows(
    "ambiguous-scalar",
    "drops a deployment with a date",
    models(GPT, model("az", "model: azure/a, api_base: 'https://a.example', api_version: 2024-06-01")),
    ({ deployments }) => deployments,
    ["openai/gpt-4o"],
  ),
  logs(
    "guardrail-unknown",
    "guardrails: [{ guardrail_name: g, litellm_params: { guardrail: lakera_guard, mode: pre_call } }]\n",
    "WITHOUT this guardrail",
  ),
  shows(
    "guardrail-unknown",
    "leaves no guardrail",
    "guardrails: [{ guardrail_name: g, litellm_params: { guardrail: bedrock/guardrail, mode: pre_call } }]\n",
    ({ guardrails }) => guardrails,
    [],
  ),
  logs("mcp-stdio-off", "mcp_servers: { a: { transport: stdio, command: npx, args: [a] } }\n", "will not start"),

  // What the log tells.
  logs("unknown-setting", models(GPT) + router("enable_pre_call_check: true"), "'enable_pre_call_check' is not a valid argument"),
  logs("unknown-setting", models(GPT) + router("request_timeout: 600"), "'request_timeout' is not a valid argument"),
  logs("unknown-setting", models(GPT) + router("fallback_model: gpt"), "'fallback_model' is not a valid argument"),
  logs("unknown-setting", models(GPT) + router("enable_cache: true"), "'enable_cache' is not a valid argument"),
  logs("unknown-setting", models(GPT) + router("model_group_alias_map: {}"), "'model_group_alias_map' is not a valid argument"),
  logs("deprecated-setting", models(GPT) + router("redis_url: 'redis://localhost:1'\n  redis_db: 1"), "Deprecated 'redis_db'"),
  logs("environment-variable-ignored", "environment_variables: { HOME: /data }\n", "Skipping blocked environment variable"),
  logs(
    "environment-variable-ignored",
    "environment_variables: { LITELLM_ENABLE_MCP_STDIO: 'true' }\n",
    "Ignoring LITELLM_ENABLE_MCP_STDIO",
  ),
  logs(
    "group-undefined",
    models(GPT) + router("routing_groups: [{ group_name: a, models: [gtp], routing_strategy: simple-shuffle }]"),
    "is not in model_list",
  ),

  // What nobody tells.
  silent("unknown-setting", "a top-level name is ignored", "prometheus_adapter: {}\n"),
  silent("unknown-setting", "a misplaced setting of the module is ignored", settings("database_url: os.environ/DATABASE_URL")),
  silent("unknown-setting", "a setting that never was is ignored", settings("disable_database_checks: true")),
  silent("unknown-setting", "service_callbacks is ignored", settings("service_callbacks: [prometheus_system]")),
  silent("unknown-setting", "a setting of long ago is ignored", settings("telemetry: false")),
  silent("unknown-setting", "a name in general_settings is ignored", general("drop_params: true")),
  silent("fallback-undefined", "a fallback to nothing loads", models(GPT) + router("fallbacks: [{ gpt: [missing] }]")),
  silent("fallback-source-undefined", "fallbacks of nothing load", models(GPT) + router("fallbacks: [{ gtp: [gpt] }]")),
  silent("fallback-to-itself", "a fallback to itself loads", models(GPT) + router("fallbacks: [{ gpt: [gpt] }]")),
  silent("alias-undefined", "an alias of nothing loads", models(GPT) + router("model_group_alias: { best: missing }")),
  silent(
    "alias-shadows-group",
    "an alias over a group loads",
    models(GPT, CLAUDE) + router("model_group_alias: { gpt: claude }"),
  ),
  silent(
    "group-undefined",
    "a retry policy of nothing loads",
    models(GPT) + router("model_group_retry_policy: { gtp: { TimeoutErrorRetries: 3 } }"),
  ),
  silent(
    "credential-undefined",
    "credentials of nowhere load",
    models(model("az", "model: openai/gpt-4o, litellm_credential_name: missing")),
  ),
  silent("duration-suffix", "30days loads", settings("max_budget: 1\n  budget_duration: 30days")),
  silent("duration-invalid", "1y loads", settings("default_internal_user_params: { budget_duration: 1y }")),
  silent("budget-zero", "a budget of nothing loads", settings("default_internal_user_params: { max_budget: 0 }")),
  silent(
    "callback-settings-unused",
    "a webhook that is listed nowhere loads",
    "callback_settings: { hook: { callback_type: generic_api, endpoint: 'https://a.example', headers: {} } }\n",
  ),
  silent(
    "metric-label-unknown",
    "a label that a metric lacks loads",
    settings(
      "prometheus_metrics_config: [{ group: a, metrics: [litellm_spend_metric], include_labels: [exception_class] }]\n  callbacks: []",
    ),
  ),
  silent("oauth2-breaks-auth", "token introspection without a licence loads", general("enable_oauth2_auth: true")),
  silent("policy-undefined", "an attachment of no policy loads", "policy_attachments: [{ policy: missing, scope: '*' }]\n"),
  shows(
    "deployment-id-duplicate",
    "two deployments share an id",
    models(model("a", "model: openai/a", "{ id: one }"), model("b", "model: openai/b", "{ id: one }")),
    ({ ids, log }) => ({ ids, told: log.some((line) => line.includes("one")) }),
    { ids: ["one", "one"], told: false },
  ),
  shows(
    "parameter-misunderstood",
    "priority becomes a parameter of the request",
    models(model("a", "model: openai/a, priority: 1")),
    ({ params }) => params?.[0]?.priority,
    "1",
  ),
  shows(
    "unknown-setting",
    "an unknown parameter is sent on",
    models(model("a", "model: openai/a, max_retrys: 3")),
    ({ params }) => params?.[0]?.max_retrys,
    "3",
  ),
  shows(
    "fallbacks-in-two-blocks",
    "the router's fallbacks are the only ones",
    models(GPT, CLAUDE) + router("fallbacks: [{ gpt: [claude] }]") + settings("fallbacks: [{ claude: [gpt] }]"),
    ({ fallbacks }) => fallbacks,
    [{ gpt: ["claude"] }],
  ),
  shows(
    "redis-port-missing",
    "the router has no Redis",
    models(GPT) + router("redis_host: localhost"),
    ({ router_redis }) => router_redis,
    false,
  ),
  shows("cache-off", "there is no cache", settings("cache_params: { type: local }"), ({ cache }) => cache, "NoneType"),
  shows(
    "reference-in-list",
    "the reference stays as it is",
    settings("extra_spend_tag_headers: [os.environ/HEADER]"),
    ({ module }) => module?.extra_spend_tag_headers,
    "['os.environ/HEADER']",
  ),
  shows(
    "reference-embedded",
    "the reference stays as it is",
    models(model("a", "model: openai/a, organization: org-os.environ/ORG")),
    ({ params }) => params?.[0]?.organization,
    "org-os.environ/ORG",
  ),
  shows(
    "reference-form",
    "the notation of another tool is the key",
    models(model("a", "model: openai/a, api_key: '$OPENAI_API_KEY'")),
    ({ params }) => params?.[0]?.api_key,
    "$OPENAI_API_KEY",
  ),
  shows(
    "prometheus-without-failures",
    "failures are not counted",
    settings("success_callback: [prometheus]"),
    ({ success, failure }) => ({ success: success?.includes("prometheus"), failure: failure?.includes("prometheus") }),
    { success: true, failure: false },
  ),
  shows(
    "tls-verification-off",
    "certificates are not checked",
    settings("ssl_verify: false"),
    ({ module }) => module?.ssl_verify,
    "False",
  ),
  shows(
    "docs-url-empty",
    "an empty address is set, and read as none",
    "environment_variables: { DOCS_URL: '' }\n",
    ({ environment }) => environment?.DOCS_URL,
    "",
  ),
];
