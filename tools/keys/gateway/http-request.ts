import type { Json } from "../../../core/keys";
import type { Body } from "../plan";

/** One request. */
export interface Request {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly signIn: string;
  /** Milliseconds. */
  readonly timeout: number;
  /** Bytes that the answer may have. */
  readonly largest: number;
  readonly body?: Body;
}

/** What came back. */
export interface Answer {
  /** Whether the body is JSON, which every answer of LiteLLM is: a sign-in page before it is not. */
  readonly isJson?: boolean;
  /** Absent when there was none. */
  readonly status?: number;
  readonly json: Json;
  readonly text: string;
  /** Milliseconds. */
  readonly retryAfter?: number;
  /** Where a redirect points to, as it was written. */
  readonly location?: string;
  /** It was cut off. */
  readonly tooLong?: boolean;
}

/** Sends a request once. Never throws: an answer without a status is none. */
export async function once({ method, url, signIn, timeout, largest, body }: Request): Promise<Answer> {
  try {
    const headers = { authorization: `Bearer ${signIn}`, "content-type": "application/json", accept: "application/json" };
    // A redirect that is followed would carry the key to another host.
    const request: RequestInit = { method, headers, redirect: "manual", signal: AbortSignal.timeout(timeout) };
    const response = await fetch(url, body ? { ...request, body: JSON.stringify(body) } : request);
    const text = await textOf(response, largest);
    if (text === undefined) return { status: response.status, json: null, text: "", tooLong: true };
    const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
    const json = parsed(text);
    const waiting = Number.isFinite(seconds) && seconds > 0 && { retryAfter: seconds * 1000 };
    const location = response.headers.get("location");
    return {
      ...{ status: response.status, text, json: json ?? null, isJson: json !== undefined },
      ...waiting,
      ...(location !== null && { location }),
    };
  } catch (error) {
    return { json: null, text: causeOf(error) };
  }
}

/** The body of an answer, or undefined when it is longer than it may be. */
async function textOf(response: Response, largest: number): Promise<string | undefined> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    length += part.length;
    // Leaving the loop closes the connection.
    if (length > largest) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
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
