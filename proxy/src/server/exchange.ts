import { DEFAULT_ALLOWED, forwardedHeaders } from "../headers";
import type { Exchange } from "../upstream";
import { AnswerForwarding } from "./answer-forwarding";
import type { Admitted, Service } from "./service";
import { traceContext } from "./trace-context";
import type { Transaction } from "./transaction";

/** The body that is going to be sent. */
export interface OutgoingBody {
  /** Bytes; -1 where that is not known. */
  readonly length: number;
  /** Absent without a body. */
  readonly contentType?: string;
  /** The gateway takes more again. */
  readonly drain?: () => void;
  /** The answer is complete, or there will be none: nothing more is taken. */
  readonly over?: () => void;
}

/** Headers of clients that pass. The content type is not one of them: it is written from what the body was read as. */
const FORWARDED: ReadonlySet<string> = new Set([...DEFAULT_ALLOWED].filter((name) => name !== "content-type"));

/** Begins a request to the gateway: what passes of the client's headers, then the proxy's own, so that these cannot be undone. */
export function openExchange(
  service: Service,
  transaction: Transaction,
  { caller, target }: Admitted,
  body: OutgoingBody,
): Exchange {
  const { request } = transaction;
  const { limits, upstream } = service.generation.loaded.settings;
  const headers = forwardedHeaders(request.rawHeaders, FORWARDED);
  const isLitellm = upstream.profile === "litellm" || upstream.profile === "netbird";
  if (upstream.traceContext) headers.push(...traceContext(transaction.lines, transaction.id, isLitellm));
  headers.push("x-forwarded-for", request.socket.remoteAddress ?? "unknown");
  if (body.contentType !== undefined) headers.push("content-type", body.contentType);
  const head = { method: request.method ?? "GET", path: target, headers, prepared: caller.lines, length: body.length };
  const times = { patienceMs: upstream.timeouts.idleSeconds * 1000, keepAliveSeconds: limits.keepAliveSeconds };
  const answer = new AnswerForwarding(transaction, body, times);
  return answer.follow(service.upstream.exchange(head, answer));
}
