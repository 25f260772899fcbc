import type { Decision } from "../audit";
import { errorAnswer, type Refusal } from "../errors";
import type { ClientRequest, ClientResponse } from "../front";
import { type HeadLines, NO_LINES } from "../headers";
import type { Identity } from "../identity";
import type { ErrorShape, Route } from "../routes";
import { afterThisTurn } from "../turn";
import type { Generation } from "./generation";

/** How a request ended. */
interface Ending {
  readonly decision: Decision;
  readonly reason: string;
  /** Sent to the client; undefined where it got none. */
  readonly status: number | undefined;
  readonly milliseconds: number;
  /** When, in milliseconds since 1970. */
  readonly time: number;
}

/** One request from its head to the end of its answer: what is known about it, and how it ends. */
export class Transaction {
  readonly id: string;
  identity: Identity | undefined;
  groups: number | undefined;
  changedTags = 0;
  route: Route | undefined;
  /** The model in the path, where the route has one there. */
  pathModel: string | undefined;
  shape: ErrorShape = "openai";
  /** The lines of the head that decide how the request is read. */
  lines: HeadLines = NO_LINES;
  model: string | undefined;
  /** A WebSocket that both sides have opened. */
  joined = false;
  bytesIn = 0;
  bytesOut = 0;
  private readonly startedAt: number;
  private firstByteAt: number | undefined;
  private over = false;
  private readonly closers: (() => void)[] = [];

  constructor(
    readonly generation: Generation,
    readonly listener: string,
    readonly request: ClientRequest,
    readonly response: ClientResponse,
  ) {
    this.id = generation.clock.id();
    this.startedAt = generation.clock.ticks();
    generation.metrics.started();
    response.whenClosed(() => {
      for (const close of this.closers.splice(0)) close();
    });
  }

  /** Calls back when the answer has been sent, or can no longer be sent because the client is gone. */
  whenClosed(call: () => void): void {
    this.closers.push(call);
  }

  /** Whether the request has ended, in whatever way. */
  get ended(): boolean {
    return this.over;
  }

  /** The head of the gateway's answer is there. */
  answered(): void {
    this.firstByteAt = this.generation.clock.ticks();
  }

  /** Answers with an error, if the answer has not begun; else cuts it, because a half answer must not look whole. */
  refuse(refusal: Refusal, decision: Decision = "refused"): void {
    if (this.over) return;
    const { response } = this;
    this.end(decision, refusal.code, response.begun || this.request.socket.destroyed ? undefined : refusal.status);
    if (response.begun) response.destroy();
    else this.writeError(refusal);
  }

  /** Notes how the request ended, once. It is recorded when the answer is on its way. */
  end(decision: Decision, reason: string, status: number | undefined): void {
    if (this.over) return;
    this.over = true;
    const { clock, metrics } = this.generation;
    const milliseconds = clock.ticks() - this.startedAt;
    const time = clock.now();
    metrics.finished();
    afterThisTurn(() => this.record({ decision, reason, status, milliseconds, time }));
  }

  /** Records that it ended from outside: because of what the client sent, because the client is gone, or the proxy at its end. */
  cutShort(): void {
    const { refused } = this.response;
    if (refused) this.end("refused", refused.code, this.response.begun ? undefined : refused.status);
    else this.end("failed", this.generation.ending.cut ? "drain_over" : "client_gone", undefined);
  }

  /** Counts the request and writes its audit line. */
  private record({ decision, reason, status, milliseconds, time }: Ending): void {
    const { generation, listener, route, bytesIn, bytesOut, startedAt, firstByteAt } = this;
    const routeClass = route?.class;
    const seconds = milliseconds / 1000;
    generation.metrics.count({
      listener,
      routeClass: routeClass ?? "none",
      decision,
      reason,
      status,
      seconds,
      bytesIn,
      bytesOut,
    });
    generation.audit?.({
      time,
      requestId: this.id,
      listener,
      decision,
      reason,
      method: this.request.method ?? "",
      routeClass,
      route: route?.template,
      caller: this.identity && generation.callerName(this.identity),
      groups: this.groups,
      model: this.model,
      changedTags: this.changedTags,
      status,
      bytesIn,
      bytesOut,
      milliseconds: tenths(milliseconds),
      firstByteMilliseconds: firstByteAt === undefined ? undefined : tenths(firstByteAt - startedAt),
    });
  }

  /** Runs a step; a fault of the proxy itself ends this request, and no other. */
  guard(step: () => void): void {
    try {
      step();
    } catch {
      this.refuse(INTERNAL, "failed");
    }
  }

  /** The rest of a refused body is not read: the connection closes, so that nothing of it is taken for a second request. */
  private writeError(refusal: Refusal): void {
    const { request, response, generation } = this;
    const { status, headers, body } = errorAnswer(refusal, this.shape, this.id);
    const { keepAliveSeconds } = generation.loaded.settings.limits;
    const lines = { status, headers: Object.entries(headers).flat(), keepAliveSeconds };
    const bytes = Buffer.from(body);
    if (request.complete) response.answer(lines, bytes.toString("latin1"));
    else {
      response.closeAfter();
      response.begin(lines, bytes.length);
      response.send(bytes);
      const stop = lingeringEnd(request, response);
      this.whenClosed(stop);
    }
  }
}

function tenths(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}

/** A fault of the proxy itself. */
export const INTERNAL: Refusal = { status: 500, code: "internal_error", message: "the identity proxy failed" };

/** How long the rest of a refused body is read and forgotten, in milliseconds. */
const LINGER_MS = 300;

/**
 * Ends an answer that the client may not have read yet, because it still sends. A connection that is closed with bytes unread is
 * reset, and the reset overtakes the answer.
 *
 * @returns gives up, because the client is gone
 */
function lingeringEnd(request: ClientRequest, response: ClientResponse): () => void {
  const end = (): void => {
    clearTimeout(timer);
    response.finish();
  };
  const timer = setTimeout(end, LINGER_MS);
  request.discard(end);
  return () => clearTimeout(timer);
}
