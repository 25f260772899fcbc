import type { LintRule } from "../lint-rule";

const SETTINGS: Readonly<Record<string, string>> = {
  forward_client_headers_to_llm_api: "headers that clients choose, x-… among them, reach the provider",
  forward_llm_provider_auth_headers: "clients may send provider keys of their own, past the gateway's",
  allow_client_side_credentials: "clients may choose api_base and api_key, so requests go where they say",
};

/** Headers and credentials that clients choose. */
export const clientHeadersForwarded: LintRule = {
  id: "client-headers-forwarded",
  severity: "warning",
  summary: "what clients send reaches providers",
  why: "The gateway stands between clients and providers so that clients cannot choose keys, addresses or headers. These switches let them (litellm/proxy/litellm_pre_call_utils.py and litellm/proxy/_types.py, LiteLLM 1.108.10).",
  repair: "remove it, or allow it for single models with configurable_clientside_auth_params",
  check: (context) =>
    Object.entries(SETTINGS)
      .filter(([name]) => context.isOn(["general_settings", name]))
      .map(([name, message]) =>
        context.foundAtName(clientHeadersForwarded, ["general_settings", name], {
          message,
          repair: clientHeadersForwarded.repair,
        }),
      ),
};
