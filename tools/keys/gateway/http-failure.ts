import type { Json } from "../../../core/keys";
import { GatewayError } from "./gateway-api";
import type { Answer } from "./http-request";
import { NOT_LITELLM } from "./rows";

/** What a message may say of the connection, and what it must not. */
export interface Connection {
  readonly url: string;
  readonly signIn: string;
  readonly largest: number;
}

/** The error for an answer that is not what was asked for: what the gateway said, shortened and without secrets. */
export function failure(path: string, answer: Answer, { url, signIn, largest }: Connection): GatewayError {
  const { status, json, text } = answer;
  const route = path.split("?")[0] ?? path;
  if (status === undefined)
    return new GatewayError(`${url} does not answer ${route}: ${text}`, "see that the gateway runs and can be reached from here");
  if (answer.tooLong) return new GatewayError(`${route} answered more than ${largest} bytes`, NOT_LITELLM, status);
  if (status < 400) return redirected(route, status, answer.location, url);
  const said = withoutSecrets(messageIn(json) ?? text, signIn)
    .replace(/\s+/g, " ")
    .slice(0, 300);
  const repair =
    status === 401 || status === 403
      ? "sign in with a key that may administer: the master key, or one with role: provisioning"
      : "see the gateway's log";
  return new GatewayError(`${route} answered ${status}: ${said}`, repair, status);
}

/** Names the other host, and nothing more of the address: the rest may hold a session or a password. */
function redirected(route: string, status: number, location: string | undefined, url: string): GatewayError {
  const origin = location === undefined ? undefined : originOf(location, url);
  if (origin === undefined || origin === new URL(url).origin)
    return new GatewayError(`${route} answered ${status}, which leads to another page`, NOT_LITELLM, status);
  const message = `${route} is redirected to ${origin}, where the key is not sent`;
  return new GatewayError(message, `if that is the gateway, write keys: { url: ${origin} }`, status);
}

function originOf(location: string, url: string): string | undefined {
  try {
    const { protocol, origin } = new URL(location, url);
    return protocol === "https:" || protocol === "http:" ? origin : undefined;
  } catch {
    return undefined;
  }
}

/** LiteLLM words its errors as `error.message`, `detail.error` or `detail` (1.108.10). */
function messageIn(json: Json): string | undefined {
  if (typeof json !== "object" || json === null || Array.isArray(json)) return undefined;
  const { error, detail } = json as { error?: { message?: unknown }; detail?: { error?: unknown } | string };
  const said = error?.message ?? (typeof detail === "string" ? detail : detail?.error);
  return typeof said === "string" ? said : undefined;
}

function withoutSecrets(text: string, signIn: string): string {
  const known = signIn.length >= 6 ? text.replaceAll(signIn, "(hidden)") : text;
  return known.replace(/\bsk-[A-Za-z0-9_-]{6,}/g, "sk-(hidden)");
}
