import { checkSettings, loadCatalogue, renderConfig } from "../../../../core/litellm";
import { parseSource } from "../../../../core/source";
import { check } from "../check";

const REALISTIC = `
model_list:
  - model_name: claude
    litellm_params:
      model: bedrock/eu.anthropic.claude-sonnet-4-5-20250929-v1:0
      aws_region_name: eu-central-1
      order: 1
      weight: 2
      tpm: 100000
      temperature: 0.2
      additional_drop_params: [response_format]
    model_info: { id: claude-eu, mode: chat, base_model: bedrock/x, access_groups: [beta], team_id: t }
  - model_name: "openai/*"
    litellm_params: { model: "openai/*", api_key: os.environ/OPENAI_API_KEY }
litellm_settings:
  callbacks: [prometheus, hook]
  cache: true
  cache_params: { type: redis, host: os.environ/REDIS_HOST, port: 6379, ssl: true, ttl: 600, mode: default_off, supported_call_types: [acompletion] }
  drop_params: true
  request_timeout: 600
  key_generation_settings: { team_key_generation: { allowed_team_member_roles: [admin] } }
  default_internal_user_params: { max_budget: 1, models: [a] }
  custom_prometheus_tags: [team]
  prometheus_metrics_config: [{ group: a, metrics: [litellm_spend_metric], include_labels: [team] }]
router_settings:
  routing_strategy: usage-based-routing-v2
  routing_strategy_args: { ttl: 60 }
  fallbacks: [{ claude: [gpt] }]
  default_fallbacks: [gpt]
  allowed_fails_policy: { TimeoutErrorAllowedFails: 3 }
  redis_host: os.environ/REDIS_HOST
general_settings:
  master_key: os.environ/LITELLM_MASTER_KEY
  database_url: os.environ/DATABASE_URL
  proxy_batch_write_at: 60
  disable_error_logs: true
  alerting: [slack]
  pass_through_endpoints: [{ path: /v1/rerank, target: https://api.example/rerank, headers: { a: b }, forward_headers: true }]
  key_management_system: aws_secret_manager
  key_management_settings: { store_virtual_keys: false }
guardrails:
  - guardrail_name: pii
    litellm_params: { guardrail: presidio, mode: [pre_call, post_call], default_on: true, pii_entities_config: { EMAIL_ADDRESS: MASK } }
mcp_servers:
  docs: { url: https://mcp.example/mcp, transport: http, auth_type: bearer_token, auth_value: os.environ/T, allowed_tools: [search] }
credential_list:
  - { credential_name: azure, credential_values: { api_key: os.environ/AZURE }, credential_info: {} }
callback_settings:
  hook: { callback_type: generic_api, endpoint: https://hook.example, headers: { Authorization: os.environ/H }, log_format: ndjson }
  otel: { message_logging: false }
environment_variables: { LITELLM_LOG: ERROR, NUM: 3 }
`;

test("a realistic configuration has no findings", () => {
  expect(check(REALISTIC)).toEqual([]);
});

test("findings come in the order of the file, with their places", () => {
  const findings = check("router_settings:\n  num_retrys: 1\n  timeout: soon\ngeneral_setting: {}\n");
  expect(findings.map(({ place, rule }) => [place?.line, rule])).toEqual([
    [2, "unknown-setting"],
    [3, "invalid-setting"],
    [4, "unknown-setting"],
  ]);
});

test("names that every object has are unknown names like others", () => {
  expect(check("router_settings: { constructor: 1, toString: 2 }").map(({ path }) => path)).toEqual([
    "router_settings.constructor",
    "router_settings.toString",
  ]);
});

test("two hundred deployments are checked in a moment", () => {
  const catalogue = loadCatalogue("1.108.10");
  const deployment = (index: number): object => ({
    model_name: `group-${index % 40}`,
    litellm_params: {
      model: `openai/gpt-${index}`,
      api_key: "os.environ/KEY",
      api_base: "https://a.example",
      rpm: 100,
      tpm: 1000,
      timeout: 30,
    },
    model_info: { id: `id-${index}`, mode: "chat", owner_team: "platform" },
  });
  const parsed = parseSource(
    renderConfig({ model_list: Array.from({ length: 200 }, (_, index) => deployment(index)) }),
    "big.yaml",
  );
  if (!catalogue || !("root" in parsed)) throw new Error("the test's own input is broken");
  check("model_list: []");
  const started = process.cpuUsage();
  expect(checkSettings(parsed.root, { catalogue })).toEqual([]);
  const { user, system } = process.cpuUsage(started);
  // About 15 ms once the schema is built. A regression to schemas that visit every known name costs several hundred.
  expect((user + system) / 1000).toBeLessThan(200);
});
