import type { ErrorShape } from "../routes";

/** Why a request is not forwarded, or why it failed: a status, a code for logs and metrics, and what the client is told. */
export interface Refusal {
  readonly status: number;
  /** Snake case; contract: clients and alerts name it. */
  readonly code: string;
  /** Lower case, no final period, nothing of what the client sent. */
  readonly message: string;
  /** Seconds for `Retry-After`. */
  readonly retryAfter?: number;
}

/** An answer that the SDKs of the route's kind understand. */
export interface ErrorAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a shape calls a kind of error. */
interface Kind {
  readonly openai: string;
  readonly anthropic: string;
  readonly google: string;
}

const KINDS: Readonly<Record<number, Kind>> = {
  400: { openai: "invalid_request_error", anthropic: "invalid_request_error", google: "INVALID_ARGUMENT" },
  401: { openai: "authentication_error", anthropic: "authentication_error", google: "UNAUTHENTICATED" },
  403: { openai: "permission_error", anthropic: "permission_error", google: "PERMISSION_DENIED" },
  404: { openai: "not_found_error", anthropic: "not_found_error", google: "NOT_FOUND" },
  413: { openai: "invalid_request_error", anthropic: "request_too_large", google: "INVALID_ARGUMENT" },
  429: { openai: "rate_limit_error", anthropic: "rate_limit_error", google: "RESOURCE_EXHAUSTED" },
  503: { openai: "service_unavailable_error", anthropic: "overloaded_error", google: "UNAVAILABLE" },
  504: { openai: "timeout_error", anthropic: "timeout_error", google: "DEADLINE_EXCEEDED" },
};
const OTHER_CLIENT: Kind = { openai: "invalid_request_error", anthropic: "invalid_request_error", google: "FAILED_PRECONDITION" };
const OTHER_SERVER: Kind = { openai: "api_error", anthropic: "api_error", google: "INTERNAL" };

/**
 * A refusal as an answer. The reason code stands in the body where the shape has a place for it, and always in
 * `x-identity-proxy-reason`, so that an error of the proxy can be told from one of the gateway.
 */
export function errorAnswer(refusal: Refusal, shape: ErrorShape, requestId: string): ErrorAnswer {
  const { status, code, retryAfter } = refusal;
  return {
    status,
    headers: {
      "content-type": "application/json",
      "x-request-id": requestId,
      "x-identity-proxy-reason": code,
      ...(status === 401 && { "www-authenticate": "Bearer" }),
      ...(retryAfter !== undefined && { "retry-after": String(retryAfter) }),
    },
    body: `${JSON.stringify(bodyOf(refusal, shape, requestId))}\n`,
  };
}

function bodyOf({ status, code, message }: Refusal, shape: ErrorShape, requestId: string): unknown {
  const kind = KINDS[status] ?? (status < 500 ? OTHER_CLIENT : OTHER_SERVER);
  if (shape === "anthropic")
    return { type: "error", error: { type: kind.anthropic, message: `${message} (${code})` }, request_id: requestId };
  if (shape === "google") return { error: { code: status, message: `${message} (${code})`, status: kind.google } };
  return { error: { message, type: kind.openai, param: null, code } };
}
