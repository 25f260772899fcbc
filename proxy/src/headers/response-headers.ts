import { connectionNames, HOP_BY_HOP } from "./hop-by-hop";

/**
 * What a gateway tells about itself or wants the client to keep: LiteLLM's `x-litellm-*` name its key's spend, its models' real
 * addresses and its version; a cookie would bind the client to the gateway.
 */
const HIDDEN = new Set(["server", "set-cookie", "set-cookie2", "www-authenticate", "x-powered-by", "via", "alt-svc"]);
const HIDDEN_PREFIXES = ["x-litellm-", "llm_provider-", "access-control-"];

/** Of the hidden ones, what clients are known to use and what tells nothing about the gateway. */
const SHOWN = new Set(["x-litellm-call-id", "x-litellm-model-group", "x-litellm-version", "x-litellm-response-cost"]);

/** Verdicts on names as gateways spell them: the same few come with every answer. */
const verdicts = new Map<string, boolean>();
const MOST_VERDICTS = 500;

/** Lines of an answer for the client. */
export interface ForwardedAnswer {
  /** Names and values in turn. */
  readonly headers: string[];
  /** What `Content-Length` announced; -1 without one. */
  readonly length: number;
}

/** The header lines of an answer that go to the client; its length apart, because it is written anew. */
export function responseHeaders(rawHeaders: readonly string[]): ForwardedAnswer {
  const dropped = connectionNames(rawHeaders);
  const headers: string[] = [];
  let length = -1;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] ?? "";
    const value = rawHeaders[i + 1] ?? "";
    if (name.length === "content-length".length && name.toLowerCase() === "content-length") length = Number(value);
    else if (isShown(name) && (dropped.size === 0 || !dropped.has(name.toLowerCase()))) headers.push(name, value);
  }
  return { headers, length };
}

function isShown(name: string): boolean {
  const known = verdicts.get(name);
  if (known !== undefined) return known;
  const lower = name.toLowerCase();
  const shown = !HOP_BY_HOP.has(lower) && !isHidden(lower);
  if (verdicts.size < MOST_VERDICTS) verdicts.set(name, shown);
  return shown;
}

function isHidden(name: string): boolean {
  if (SHOWN.has(name)) return false;
  return HIDDEN.has(name) || HIDDEN_PREFIXES.some((prefix) => name.startsWith(prefix));
}
