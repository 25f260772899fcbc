import { connectionNames, HOP_BY_HOP } from "./hop-by-hop";

/**
 * What a gateway tells about itself or wants the client to keep: LiteLLM's `x-litellm-*` name its key's spend, its models' real
 * addresses and its version; a cookie would bind the client to the gateway.
 */
const HIDDEN = new Set(["server", "set-cookie", "set-cookie2", "www-authenticate", "x-powered-by", "via", "alt-svc"]);
const HIDDEN_PREFIXES = ["x-litellm-", "llm_provider-", "access-control-"];

/** Of the hidden ones, what clients are known to use and what tells nothing about the gateway. */
const SHOWN = new Set(["x-litellm-call-id", "x-litellm-model-group", "x-litellm-version", "x-litellm-response-cost"]);

/**
 * The header lines of an answer that go to the client, as the flat list that `ServerResponse.writeHead` takes. `Content-Length`
 * is left out: the caller knows whether it still holds.
 */
export function responseHeaders(rawHeaders: readonly string[]): string[] {
  const dropped = connectionNames(rawHeaders);
  const kept: string[] = [];
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = (rawHeaders[i] ?? "").toLowerCase();
    if (HOP_BY_HOP.has(name) || name === "content-length" || dropped.has(name) || isHidden(name)) continue;
    kept.push(rawHeaders[i] ?? "", rawHeaders[i + 1] ?? "");
  }
  return kept;
}

function isHidden(name: string): boolean {
  if (SHOWN.has(name)) return false;
  return HIDDEN.has(name) || HIDDEN_PREFIXES.some((prefix) => name.startsWith(prefix));
}
