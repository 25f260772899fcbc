import { check, shown } from "../check";

test.each([
  [
    "router_settings:\n  enable_pre_call_check: true",
    "router_settings.enable_pre_call_check",
    "did you mean enable_pre_call_checks?",
  ],
  [
    "router_settings:\n  request_timeout: 600",
    "router_settings.request_timeout",
    "it belongs under litellm_settings; here it is called timeout",
  ],
  ["router_settings:\n  fallback_model: b", "router_settings.fallback_model", "here it is called default_fallbacks"],
  ["litellm_settings:\n  database_url: x", "litellm_settings.database_url", "it belongs under general_settings"],
  ["litellm_settings:\n  master_key: os.environ/K", "litellm_settings.master_key", "it belongs under general_settings"],
  ["general_settings:\n  drop_params: true", "general_settings.drop_params", "it belongs under litellm_settings"],
  ["general_settings:\n  cache: true", "general_settings.cache", "it belongs under litellm_settings"],
  ["general_settings:\n  fallbacks: []", "general_settings.fallbacks", "it belongs under router_settings"],
  ["router_settings:\n  search_tools: []", "router_settings.search_tools", "it belongs at the top level"],
  ["litellm_settings:\n  mcp_servers: {}", "litellm_settings.mcp_servers", "it belongs at the top level"],
  ["routing_strategy: simple-shuffle", "routing_strategy", "it belongs under router_settings"],
  ["guardrail: []", "guardrail", "did you mean guardrails?"],
  [
    "router_settings:\n  retry_policy:\n    TimeoutErrorRetrys: 3",
    "router_settings.retry_policy.TimeoutErrorRetrys",
    "did you mean TimeoutErrorRetries?",
  ],
  [
    "router_settings:\n  model_group_retry_policy:\n    a:\n      BadRequest: 3",
    "router_settings.model_group_retry_policy.a.BadRequest",
    undefined,
  ],
  ["litellm_settings:\n  cache_params:\n    typ: redis", "litellm_settings.cache_params.typ", "did you mean type?"],
  ["mcp_servers:\n  a:\n    urll: https://mcp.example", "mcp_servers.a.urll", "did you mean url?"],
])("%j is an unknown name", (text, path, repair) => {
  expect(check(text)).toEqual([
    expect.objectContaining({ rule: "unknown-setting", severity: "error", path, ...(repair && { repair }) }),
  ]);
});

test("a name one indentation too high in a deployment belongs under litellm_params", () => {
  const text = `model_list:
  - model_name: a
    litellm_params:
      model: openai/a
    api_key: os.environ/KEY
`;
  expect(shown(check(text))).toEqual([
    "5:5 unknown-setting model_list[0].api_key: unknown name in model_list; -> it belongs under litellm_params",
  ]);
});

const deployment = (params: string, info = "{}"): string =>
  `model_list:\n  - model_name: a\n    litellm_params: { model: openai/a, ${params} }\n    model_info: ${info}\n`;

describe("litellm_params", () => {
  test("a misspelt name is an error with the nearest known name", () => {
    expect(shown(check(deployment("max_retrys: 3")))).toEqual([
      "3:40 unknown-setting model_list[0].litellm_params.max_retrys: unknown name; -> did you mean max_retries?",
    ]);
  });

  test("a name that is declared for the provider is accepted", () => {
    const text = deployment("raw_scores: true");
    expect(check(text)).toHaveLength(1);
    expect(check(text, { providerParameters: ["raw_scores"] })).toEqual([]);
    expect(check(text, { providerParameters: ["other"] })).toHaveLength(1);
  });

  test("extra_body and extra_headers take anything", () => {
    expect(check(deployment("extra_body: { anything: [1] }, extra_headers: { x-a: b }"))).toEqual([]);
  });
});

describe("model_info", () => {
  test("names of one's own are accepted", () => {
    expect(check(deployment("rpm: 1", "{ owner_team: a, description: b, cost_centre: 4711 }"))).toEqual([]);
  });

  test("a name one slip away from a known one is an error", () => {
    expect(shown(check(deployment("rpm: 1", "{ base_modle: azure/gpt-4o }")))).toEqual([
      "4:19 unknown-setting model_list[0].model_info.base_modle: unknown name; -> did you mean base_model?",
    ]);
  });
});

describe("guardrails", () => {
  const guardrail = (kind: string): string =>
    `guardrails:\n  - guardrail_name: g\n    litellm_params: { guardrail: ${kind}, mode: pre_call, my_own: 1 }\n`;

  test("an unknown parameter of a guardrail that LiteLLM ships is an error", () => {
    expect(check(guardrail("presidio"))).toEqual([expect.objectContaining({ path: "guardrails[0].litellm_params.my_own" })]);
  });

  test("a guardrail given as a Python path takes any parameter", () => {
    expect(check(guardrail("my_module.MyGuardrail"))).toEqual([]);
  });
});

test("paths are shown from where the configuration stands", () => {
  const [finding] = check("routr_settings: {}", { at: ["litellm", "config"] });
  expect(finding).toMatchObject({ path: "litellm.config.routr_settings", repair: "did you mean router_settings?" });
});
