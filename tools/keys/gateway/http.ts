import type { Json } from "../../../core/keys";
import type { Body } from "../plan";
import { GatewayError, type GatewayHttp } from "./gateway-api";
import { failure } from "./http-failure";
import { type Answer, once } from "./http-request";
import { notLitellm } from "./rows";

/** What a connection is made with. */
export interface HttpOptions {
  /** Without a slash at its end. */
  readonly url: string;
  /** The key that is signed in with; shown nowhere. */
  readonly signIn: string;
  /** Waits that many milliseconds. @default a timer */
  readonly wait?: (milliseconds: number) => Promise<void>;
  /** Milliseconds after which a request without an answer is given up. @default 60000 */
  readonly timeout?: number;
  /** Bytes that an answer may have. @default 134217728 */
  readonly largest?: number;
}

/** LiteLLM gives some lists in one answer: with a hundred thousand customers that is about half of this. */
const LARGEST = 128 * 1024 * 1024;

/** How often a request is sent again, and how long is waited before: doubled each time. */
const ATTEMPTS = 6;
const FIRST_WAIT = 250;
const LONGEST_WAIT = 10_000;

/**
 * Answers after which the same request may work: too many requests, or a gateway that is restarting. LiteLLM says 500 for
 * mistakes of the caller too, so that is tried again only where nothing is written.
 */
const PASSING = new Set([429, 502, 503, 504]);

/** Talks to LiteLLM in JSON. A request whose answer is lost is sent again: the callers see to it that this does no harm. */
export function gatewayHttp({ url, signIn, wait = pause, timeout = 60_000, largest = LARGEST }: HttpOptions): GatewayHttp {
  const send = async (method: "GET" | "POST", path: string, body?: Body): Promise<Json> => {
    if (!SENDABLE.test(signIn)) throw unsendable();
    for (let attempt = 1; ; attempt += 1) {
      const answer = await once({ method, url: `${url}${path}`, signIn, timeout, largest, ...(body && { body }) });
      if (answer.status !== undefined && answer.status < 300 && !answer.tooLong) return jsonOf(answer, path);
      if (!mayPass(method, answer) || attempt === ATTEMPTS) throw failure(path, answer, { url, signIn, largest });
      await wait(Math.min(LONGEST_WAIT, answer.retryAfter ?? FIRST_WAIT * 2 ** (attempt - 1)));
    }
  };
  return {
    get: (path, query = {}) => {
      const parameters = Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]);
      const text = new URLSearchParams(parameters).toString();
      return send("GET", text ? `${path}?${text}` : path);
    },
    post: (path, body) => send("POST", path, body),
  };
}

/** What a header can hold. `fetch` would quote the rest of it, which is the key. */
const SENDABLE = /^[\x21-\x7e]+$/;

function unsendable(): GatewayError {
  const message = "the key that is signed in with has characters that cannot be sent";
  return new GatewayError(message, "look at where keys.signIn reads it from: it is one line of ASCII, without spaces");
}

/** @throws GatewayError when the body is none of LiteLLM's */
function jsonOf({ isJson, json }: Answer, path: string): Json {
  if (!isJson) throw notLitellm(path);
  return json;
}

/** Whether the same request may work later. */
function mayPass(method: "GET" | "POST", { status, tooLong }: Answer): boolean {
  if (tooLong) return false;
  return status === undefined || PASSING.has(status) || (method === "GET" && status === 500);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
