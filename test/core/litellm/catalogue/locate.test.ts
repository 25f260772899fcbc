import { loadCatalogue, locateSetting, modelsAt } from "../../../../core/litellm";

const catalogue = loadCatalogue("1.108.10");
if (!catalogue) throw new Error("there is no catalogue");

test.each([
  ["model_list", { kind: "section", section: "top_level" }],
  ["router_settings.fallbacks", { kind: "section", section: "router_settings" }],
  ["model_list.litellm_params.api_key", { kind: "section", section: "litellm_params" }],
  ["litellm_settings.cache_params.type", { kind: "section", section: "cache_params" }],
  ["guardrails.litellm_params.guardrail", { kind: "section", section: "guardrail_params" }],
  ["router_settings.retry_policy.TimeoutErrorRetries", { kind: "model", model: "RetryPolicy" }],
  ["router_settings.provider_budget_config.openai.budget_limit", { kind: "model", model: "BudgetConfig" }],
  ["mcp_servers.github.auth_type", { kind: "model", model: "MCPServerConfig" }],
])("%s is found", (path, location) => {
  expect(locateSetting(catalogue, path.split("."))).toEqual({ ...location, name: path.split(".").at(-1) });
});

test.each(["routr_settings", "router_settings.fallback", "router_settings.retry_policy.Timeout", "a.b.c", ""])(
  "%s is not",
  (path) => {
    expect(locateSetting(catalogue, path.split("."))).toBeUndefined();
  },
);

test.each(["constructor", "toString", "__proto__", "hasOwnProperty"])("%s, which every object has, is no setting", (name) => {
  for (const path of [[name], [name, "x"], ["router_settings", "retry_policy", name], ["mcp_servers", "a", name, "b"]])
    expect(locateSetting(catalogue, path)).toBeUndefined();
});

test("a list's items and a mapping's values are its type", () => {
  expect(modelsAt(catalogue, ["router_settings", "provider_budget_config", "anything"])).toEqual(["BudgetConfig"]);
  expect(modelsAt(catalogue, ["policy_attachments"])).toEqual(["PolicyAttachment"]);
});
