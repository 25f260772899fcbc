/**
 * The names that come first, by the mapping they stand in: `""` is the file, `x[]` an item of the list `x`. The file's
 * own blocks follow LiteLLM's documentation; elsewhere what identifies an entry comes first.
 */
const FIRST: Readonly<Record<string, readonly string[]>> = {
  "": [
    "include",
    "model_list",
    "litellm_settings",
    "router_settings",
    "general_settings",
    "guardrails",
    "mcp_servers",
    "callback_settings",
  ],
  "model_list[]": ["model_name", "litellm_params", "model_info"],
  litellm_params: ["guardrail", "mode", "model", "custom_llm_provider", "api_base", "api_key", "api_version"],
  model_info: ["id", "mode", "base_model"],
  "guardrails[]": ["guardrail_name", "litellm_params", "guardrail_info"],
  "credential_list[]": ["credential_name", "credential_info", "credential_values"],
  "routing_groups[]": ["group_name", "models", "routing_strategy", "routing_strategy_args"],
  "pass_through_endpoints[]": ["path", "target", "headers"],
  "search_tools[]": ["search_tool_name", "litellm_params"],
  cache_params: ["type", "mode", "host", "port", "password"],
};

/** Compares two names of the mapping called `parent`: first the known ones in their order, then by code units. */
export function compareNames(parent: string, a: string, b: string): number {
  return rank(parent, a) - rank(parent, b) || (a < b ? -1 : a > b ? 1 : 0);
}

function rank(parent: string, name: string): number {
  const first = Object.hasOwn(FIRST, parent) ? FIRST[parent] : undefined;
  const index = first?.indexOf(name) ?? -1;
  return index < 0 ? Number.MAX_SAFE_INTEGER : index;
}
