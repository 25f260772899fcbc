import type { Json } from "../../../core/keys";
import type { Body } from "../plan";
import { GatewayError, type GatewayHttp } from "./gateway-api";
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
}

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
export function gatewayHttp({ url, signIn, wait = pause, timeout = 60_000 }: HttpOptions): GatewayHttp {
  const send = async (method: "GET" | "POST", path: string, body?: Body): Promise<Json> => {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await once({ method, url: `${url}${path}`, signIn, timeout, ...(body && { body }) });
      if (answer.status !== undefined && answer.status < 400) return jsonOf(answer, path);
      if (!mayPass(method, answer) || attempt === ATTEMPTS) throw failure(path, answer, { url, signIn });
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

/** @throws GatewayError when the body is none of LiteLLM's */
function jsonOf({ isJson, json }: Answer, path: string): Json {
  if (!isJson) throw notLitellm(path);
  return json;
}

/** Whether the same request may work later. */
function mayPass(method: "GET" | "POST", { status }: Answer): boolean {
  return status === undefined || PASSING.has(status) || (method === "GET" && status === 500);
}

interface Request {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly signIn: string;
  readonly timeout: number;
  readonly body?: Body;
}

interface Answer {
  /** Whether the body is JSON, which every answer of LiteLLM is: a sign-in page before it is not. */
  readonly isJson?: boolean;
  /** Absent when there was none. */
  readonly status?: number;
  readonly json: Json;
  readonly text: string;
  /** Milliseconds. */
  readonly retryAfter?: number;
}

async function once({ method, url, signIn, timeout, body }: Request): Promise<Answer> {
  try {
    const headers = { authorization: `Bearer ${signIn}`, "content-type": "application/json", accept: "application/json" };
    // A redirect would carry the key to another host.
    const request: RequestInit = { method, headers, redirect: "error", signal: AbortSignal.timeout(timeout) };
    const response = await fetch(url, body ? { ...request, body: JSON.stringify(body) } : request);
    const text = await response.text();
    const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
    const json = parsed(text);
    const waiting = Number.isFinite(seconds) && seconds > 0 && { retryAfter: seconds * 1000 };
    return { status: response.status, text, json: json ?? null, isJson: json !== undefined, ...waiting };
  } catch (error) {
    return { json: null, text: causeOf(error) };
  }
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** `fetch` wraps what happened: a code of the system, or a reason in words. */
function causeOf(error: unknown): string {
  const outer = error as { cause?: unknown; message?: unknown } | undefined;
  const cause = (outer?.cause ?? outer) as { code?: unknown; message?: unknown } | undefined;
  const said = typeof cause?.code === "string" ? cause.code : cause?.message;
  return typeof said === "string" ? said.slice(0, 100) : "unknown reason";
}

function failure(path: string, { status, json, text }: Answer, { url, signIn }: { url: string; signIn: string }): GatewayError {
  const route = path.split("?")[0];
  if (status === undefined)
    return new GatewayError(`${url} does not answer ${route}: ${text}`, "see that the gateway runs and can be reached from here");
  const said = withoutSecrets(messageIn(json) ?? text, signIn)
    .replace(/\s+/g, " ")
    .slice(0, 300);
  const repair =
    status === 401 || status === 403
      ? "sign in with a key that may administer: the master key, or one with role: provisioning"
      : "see the gateway's log";
  return new GatewayError(`${route} answered ${status}: ${said}`, repair, status);
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

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
