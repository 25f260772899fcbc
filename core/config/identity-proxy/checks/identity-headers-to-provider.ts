import type { Finding } from "../../../findings";
import type { ProxyRule } from "./proxy-rule";

const SWITCH = ["general_settings", "forward_client_headers_to_llm_api"];
const BY_GROUP = ["litellm_settings", "model_group_settings", "forward_client_headers_to_llm_api"];

/** The identity that the proxy writes must end at the gateway. */
export const headersToProvider: ProxyRule = {
  id: "identity-headers-to-provider",
  severity: "error",
  summary: "LiteLLM would send the identity headers on to model providers",
  why: "With this switch every x-… header of a request goes to the provider, those that the identity proxy writes too: names and groups of callers leave the house (litellm/proxy/litellm_pre_call_utils.py, LiteLLM 1.108.10; seen on chat, messages, responses and embeddings).",
  repair: "remove it; or write identityProxy.upstream.identityIn: litellm_metadata, which keeps names out of headers",
  check: (context) => {
    if (context.block.upstream?.identityIn === "litellm_metadata") return [];
    const message = "this sends the headers with the caller's name and tags to the provider";
    const at = (path: readonly string[]): Finding =>
      context.atName(headersToProvider, ["litellm", "config", ...path], { message });
    const groups = context.value(["litellm", "config", ...BY_GROUP]);
    return [...(context.isOn(SWITCH) ? [at(SWITCH)] : []), ...(Array.isArray(groups) && groups.length > 0 ? [at(BY_GROUP)] : [])];
  },
};
