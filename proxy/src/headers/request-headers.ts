import { connectionNames, HOP_BY_HOP } from "./hop-by-hop";

/**
 * Headers of a client that any gateway may get: what the SDKs of OpenAI and Anthropic need, and nothing that LiteLLM 1.108.10
 * reads an identity, tags, a session, a credential or a control from. A list of what to remove could not be complete: LiteLLM
 * takes a session from every `x-<word>-session-id` and sends every `x-pass-<name>` on to the provider.
 */
export const DEFAULT_ALLOWED: ReadonlySet<string> = new Set([
  "accept",
  "content-type",
  "anthropic-version",
  "anthropic-beta",
  "openai-beta",
  "idempotency-key",
]);

/** What is never taken from a client, whatever the settings allow: framing, credentials, and what the proxy itself writes. */
const NEVER: ReadonlySet<string> = new Set([
  ...HOP_BY_HOP,
  "host",
  "content-length",
  "content-encoding",
  "accept-encoding",
  "expect",
  "authorization",
  "x-api-key",
  "api-key",
  "x-goog-api-key",
  "ocp-apim-subscription-key",
  "x-litellm-api-key",
  "cookie",
  "forwarded",
  "user-agent",
]);

const NEVER_PREFIXES = ["x-litellm-", "litellm-", "x-forwarded-", "x-auth-request-", "x-amzn-oidc-", "x-pass-", "x-mcp-"];

/**
 * The header lines of a client that are forwarded: names, in lower case, and values in turn. What the proxy writes (the gateway's key, the
 * identity) is to be added behind this, never before: a `Connection` line of the client names headers that are dropped here,
 * and must not reach what is written later.
 *
 * Lines with the same name stay separate lines, in their order.
 */
export function forwardedHeaders(rawHeaders: readonly string[], allowed: ReadonlySet<string> = DEFAULT_ALLOWED): string[] {
  const dropped = connectionNames(rawHeaders);
  const kept: string[] = [];
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = (rawHeaders[i] ?? "").toLowerCase();
    if (!allowed.has(name) || dropped.has(name) || isNever(name)) continue;
    kept.push(name, rawHeaders[i + 1] ?? "");
  }
  return kept;
}

/** Whether a header can never be allowed; for the check of settings. */
export function isNever(name: string): boolean {
  return NEVER.has(name) || name.includes("_") || NEVER_PREFIXES.some((prefix) => name.startsWith(prefix));
}
