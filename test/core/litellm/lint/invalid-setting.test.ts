import { check } from "../check";

const params = (text: string): string => `model_list:\n  - model_name: a\n    litellm_params: { model: openai/a, ${text} }\n`;

test.each([
  ["router_settings:\n  fallbacks: [{ a: b }]", "router_settings.fallbacks[0].a"],
  ["router_settings:\n  fallbacks: { a: [b] }", "router_settings.fallbacks"],
  ["router_settings:\n  fallbacks: [{ a: [b], c: [d] }]", "router_settings.fallbacks[0]"],
  ["litellm_settings:\n  default_fallbacks: b", "litellm_settings.default_fallbacks"],
  ["router_settings:\n  routing_strategy: latency", "router_settings.routing_strategy"],
  ["router_settings:\n  num_retries: many", "router_settings.num_retries"],
  [
    "router_settings:\n  routing_groups: [{ group_name: a, routing_strategy: least-busy }]",
    "router_settings.routing_groups[0].models",
  ],
  [
    "router_settings:\n  provider_budget_config: { openai: { budget_limit: lots } }",
    "router_settings.provider_budget_config.openai.budget_limit",
  ],
  ["mcp_servers: [{ name: a }]", "mcp_servers"],
  ["mcp_servers: { a: { transport: htp } }", "mcp_servers.a.transport"],
  ["general_settings: []", "general_settings"],
  ['litellm_settings: { drop_params: true, set_verbose: "false" }', "litellm_settings.set_verbose"],
  ["litellm_settings: { success_callback: langfuse }", "litellm_settings.success_callback"],
  ["litellm_settings: { cache_params: { type: reddis } }", "litellm_settings.cache_params.type"],
  ["model_list: { a: b }", "model_list"],
  ["model_list: [{ model_name: a }]", "model_list[0].litellm_params"],
  ["model_list: [{ model_name: a, litellm_params: {} }]", "model_list[0].litellm_params.model"],
  [params("rpm: fast"), "model_list[0].litellm_params.rpm"],
  [params("api_key: 12345"), "model_list[0].litellm_params.api_key"],
  [params("tags: a"), "model_list[0].litellm_params.tags"],
  ["guardrails: [{ guardrail_name: g, litellm_params: { guardrail: presidio } }]", "guardrails[0].litellm_params.mode"],
  [
    "guardrails: [{ guardrail_name: g, litellm_params: { guardrail: presidio, mode: before } }]",
    "guardrails[0].litellm_params.mode",
  ],
  [
    "callback_settings: { hook: { callback_type: generic_api, endpoint: https://hook.example } }",
    "callback_settings.hook.headers",
  ],
  ["general_settings: { pass_through_endpoints: [{ path: /a }] }", "general_settings.pass_through_endpoints[0].target"],
  ["general_settings: { key_management_system: vault }", "general_settings.key_management_system"],
  ["litellm_settings: { guardrails: [{ guardrail_name: g, litellm_params: {} }] }", "litellm_settings.guardrails[0]"],
  ["include: other.yaml", "include"],
  ["environment_variables: { A: [b] }", "environment_variables.A"],
])("%j is an invalid value", (text, path) => {
  expect(check(text)).toEqual([expect.objectContaining({ rule: "invalid-setting", severity: "error", path })]);
});

test.each([
  ["numbers as text, where a model reads them", params('rpm: "100", timeout: "30", input_cost_per_token: "0.000003"')],
  ["switches as text, where a model reads them", params('drop_params: "true", use_in_pass_through: "no"')],
  ["references for anything", params("rpm: os.environ/RPM, api_key: os.environ/KEY, use_in_pass_through: os.environ/ON")],
  [
    "references in settings",
    "general_settings: { master_key: os.environ/K, store_model_in_db: os.environ/ON, database_connection_pool_limit: os.environ/N }",
  ],
  [
    "a port written either way",
    'router_settings: { redis_port: "6379" }\nlitellm_settings: { cache_params: { type: redis, port: 6379 } }',
  ],
  ["several organizations", params("organization: [a, b]")],
  ["empty settings", "general_settings:\nrouter_settings:\n  fallbacks:\nmodel_list:\n"],
  ["one callback as text", "litellm_settings: { callbacks: my_module.handler }"],
  ["an alias with options", "router_settings: { model_group_alias: { a: b, c: { model: d, hidden: true } } }"],
  ["a fallback with messages of its own", "router_settings: { fallbacks: [{ a: [{ model: b, messages: [] }, c] }] }"],
  [
    "guardrail modes by tag",
    "guardrails: [{ guardrail_name: g, litellm_params: { guardrail: presidio, mode: { tags: { x: pre_call } } } }]",
  ],
  [
    "a budget's two sets of names",
    "router_settings: { provider_budget_config: { openai: { budget_limit: 1, time_period: 1d }, azure: { max_budget: 1, budget_duration: 1d } } }",
  ],
])("%s are accepted", (_, text) => {
  expect(check(text)).toEqual([]);
});

test("a value that may be a secret is not shown", () => {
  const [finding] = check("general_settings: { master_key: [sk-not-a-real-key-123] }");
  expect(JSON.stringify(finding)).not.toContain("not-a-real-key");
});
