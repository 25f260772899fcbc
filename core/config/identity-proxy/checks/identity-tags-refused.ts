import type { ProxyRule } from "./proxy-rule";

const SWITCH = ["general_settings", "reject_clientside_metadata_tags"];

/** LiteLLM must not take the proxy's tags for a client's. */
export const tagsRefused: ProxyRule = {
  id: "identity-tags-refused",
  severity: "error",
  summary: "LiteLLM would refuse the tags that the identity proxy writes",
  why: "LiteLLM merges tag headers into metadata.tags before it looks whether the client sent any, so with this switch every chat, embeddings and transcription request through the proxy gets 400 (litellm/proxy/auth/auth_checks.py, LiteLLM 1.108.10). The proxy removes tags of clients anyway.",
  repair: "remove it; or write identityProxy.upstream.identityIn: litellm_metadata, where LiteLLM does not look",
  check: (context) => {
    if (!context.isOn(SWITCH) || context.block.upstream?.identityIn === "litellm_metadata") return [];
    const message = "this refuses requests with tag headers, which is how the identity proxy tells LiteLLM the groups";
    return [context.atName(tagsRefused, ["litellm", "config", ...SWITCH], { message })];
  },
};
