import type { IncomingMessage, ServerResponse } from "node:http";
import type { Decision } from "../audit";
import { errorAnswer, type Refusal } from "../errors";
import type { Identity } from "../identity";
import type { ErrorShape, Route } from "../routes";
import type { Generation } from "./generation";

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
  model: string | undefined;
  /** A WebSocket that both sides have opened. */
  joined = false;
  bytesIn = 0;
  bytesOut = 0;
  private readonly startedAt: number;
  private firstByteAt: number | undefined;
  private over = false;

  constructor(
    readonly generation: Generation,
    readonly listener: string,
    readonly request: IncomingMessage,
    readonly response: ServerResponse,
  ) {
    this.id = generation.clock.id();
    this.startedAt = generation.clock.ticks();
    generation.metrics.started();
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
    this.end(decision, refusal.code, response.headersSent ? undefined : refusal.status);
    if (response.headersSent) response.destroy();
    else this.writeError(refusal);
  }

  /** Records how the request ended, once. */
  end(decision: Decision, reason: string, status: number | undefined): void {
    if (this.over) return;
    this.over = true;
    const { generation, listener, request, route, bytesIn, bytesOut } = this;
    const milliseconds = generation.clock.ticks() - this.startedAt;
    const observation = { listener, routeClass: route?.class ?? "none", decision, reason, status, bytesIn, bytesOut };
    generation.metrics.ended({ ...observation, seconds: milliseconds / 1000 });
    generation.audit?.({
      time: new Date(generation.clock.now()).toISOString(),
      requestId: this.id,
      listener,
      decision,
      reason,
      method: request.method ?? "",
      bytesIn,
      bytesOut,
      milliseconds: Math.round(milliseconds * 10) / 10,
      ...(route && { routeClass: route.class, route: route.template }),
      ...(this.identity && { caller: generation.callerName(this.identity) }),
      ...(this.groups !== undefined && { groups: this.groups }),
      ...(this.model !== undefined && { model: this.model }),
      ...(status !== undefined && { status }),
      ...(this.changedTags > 0 && { changedTags: this.changedTags }),
      ...(this.firstByteAt !== undefined && { firstByteMilliseconds: Math.round((this.firstByteAt - this.startedAt) * 10) / 10 }),
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
    const { request, response } = this;
    const { status, headers, body } = errorAnswer(refusal, this.shape, this.id);
    const length = { "content-length": Buffer.byteLength(body) };
    if (request.complete) response.writeHead(status, { ...headers, ...length }).end(body);
    else {
      response.writeHead(status, { ...headers, ...length, connection: "close" }).write(body);
      lingeringEnd(request, response);
    }
  }
}

/** A fault of the proxy itself. */
export const INTERNAL: Refusal = { status: 500, code: "internal_error", message: "the identity proxy failed" };

/** How long the rest of a refused body is read and forgotten, in milliseconds. */
const LINGER_MS = 300;

/**
 * Ends an answer that the client may not have read yet, because it still sends. A connection that is closed with bytes unread is
 * reset, and the reset overtakes the answer.
 */
function lingeringEnd(request: IncomingMessage, response: ServerResponse): void {
  const end = (): void => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(end, LINGER_MS);
  request.once("end", end);
  response.once("close", () => clearTimeout(timer));
  request.resume();
}
