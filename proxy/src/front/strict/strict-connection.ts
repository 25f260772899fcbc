import type { Socket } from "node:net";
import { MalformedMessage } from "../../framing";
import { ownBytes } from "../../memory";
import type { FrontEvents } from "../client";
import { bareAnswer, LATE, MALFORMED } from "../refusals";
import { type HeadProblem, readRequestHead, type StrictHead } from "./request-head";
import { StrictRequest } from "./strict-request";
import { type AnswerCarrier, StrictResponse } from "./strict-response";

/** How long things may take, in milliseconds, and how long a head may be. */
export interface StrictLimits {
  readonly headBytes: number;
  readonly headMs: number;
  readonly bodyMs: number;
  readonly keepAliveMs: number;
}

/** What a connection needs of its front. */
export interface ConnectionOwner {
  readonly limits: StrictLimits;
  readonly events: FrontEvents;
  /** Milliseconds of a clock that stands still while the process does, and is never behind: nothing ends before its time. */
  readonly now: number;
  /** The connection is gone, or no longer the front's. */
  closed(connection: StrictConnection): void;
}

/** The request that a connection is busy with. */
interface Current {
  readonly request: StrictRequest;
  readonly response: StrictResponse;
}

const TIMEOUT = "408 Request Timeout";
type Refusal = HeadProblem | typeof TIMEOUT | "431 Request Header Fields Too Large";

const NEVER = Number.POSITIVE_INFINITY;
/** How long a client may take to close a connection that the proxy has ended, in milliseconds. */
const LINGER_MS = 1000;
const HEAD_END: Buffer = Buffer.from("\r\n\r\n");
const NOTHING: Buffer = Buffer.alloc(0);

/**
 * A client's connection. It carries one request at a time; whatever is sent before the answer is written is not read, and ends it. What
 * comes while the answer leaves waits for that.
 */
export class StrictConnection implements AnswerCarrier {
  closes = false;
  /** When the owner's clock ends it. */
  deadline: number;
  private pending = NOTHING;
  private current: Current | undefined;
  private served = false;
  private closing = false;
  /** Whether an answer is written that has not left. With TLS that is told some time after the client has it. */
  private isLeaving = false;

  constructor(
    private readonly socket: Socket,
    private readonly owner: ConnectionOwner,
  ) {
    this.deadline = owner.now + owner.limits.headMs;
    socket.on("data", this.received);
    socket.on("drain", this.drained);
    socket.on("end", this.ended);
    socket.on("error", this.failed);
    socket.on("close", this.gone);
  }

  /** Whether it waits for a request of which nothing has come. */
  get idle(): boolean {
    return !this.current && this.pending.length === 0 && !this.closing;
  }

  /** Cuts it. */
  destroy(): void {
    this.socket.destroy();
  }

  /** Something has taken too long. */
  expire(): void {
    const waitsForClient = this.current ? !this.current.request.complete : !this.idle || !this.served;
    if (this.closing || !waitsForClient) this.destroy();
    else this.refuse(TIMEOUT);
  }

  closeAfter(): void {
    this.closes = true;
  }

  leaving(): void {
    this.isLeaving = true;
    this.deadline = this.owner.now + this.owner.limits.bodyMs;
  }

  answered(): void {
    const { current, owner } = this;
    if (!current) return;
    this.current = undefined;
    this.served = true;
    this.isLeaving = false;
    current.response.closed();
    if (this.closes || !current.request.complete) this.close();
    else {
      this.deadline = owner.now + owner.limits.keepAliveMs;
      current.request.resume();
      this.readWaiting();
    }
  }

  handOver(): void {
    const { socket } = this;
    this.current = undefined;
    socket.off("data", this.received).off("drain", this.drained).off("end", this.ended);
    socket.off("error", this.failed).off("close", this.gone);
    this.owner.closed(this);
  }

  private readonly received = (bytes: Buffer): void => {
    if (this.closing) return;
    if (!this.current) this.readHead(bytes);
    else if (!this.current.request.complete) this.readBody(this.current, bytes);
    else if (this.isLeaving) this.keep(bytes, this.current);
    else this.closes = true;
  };

  /** The client has the answer and sends its next request. */
  private keep(bytes: Buffer, { request }: Current): void {
    this.pending = Buffer.concat([this.pending, bytes]);
    request.pause();
  }

  private readWaiting(): void {
    const { pending } = this;
    this.pending = NOTHING;
    if (pending.length > 0) this.readHead(pending);
  }

  private readonly drained = (): void => this.current?.response.drained();

  /** A client that closes its side is gone: an answer that waits still leaves. */
  private readonly ended = (): void => {
    this.current?.response.flush();
    if (this.current) this.destroy();
  };

  private readonly failed = (): void => this.destroy();

  private readonly gone = (): void => {
    const { current } = this;
    this.current = undefined;
    this.owner.closed(this);
    current?.response.closed();
  };

  private readHead(bytes: Buffer): void {
    const { owner, pending } = this;
    const { headBytes, headMs } = owner.limits;
    const all = pending.length === 0 ? bytes : Buffer.concat([pending, bytes]);
    const end = all.indexOf(HEAD_END, Math.max(0, pending.length - HEAD_END.length));
    if (end < 0 ? all.length > headBytes : end > headBytes) {
      this.refuse("431 Request Header Fields Too Large");
      return;
    }
    if (end < 0) {
      if (this.idle && this.served) this.deadline = owner.now + headMs;
      this.pending = all;
      return;
    }
    this.pending = NOTHING;
    const head = readRequestHead(all.toString("latin1", 0, end));
    if (typeof head === "string") this.refuse(head);
    else this.begin(head, ownBytes(all, end + HEAD_END.length));
  }

  private begin(head: StrictHead, rest: Buffer): void {
    const { socket, owner } = this;
    const request = new StrictRequest(socket, head);
    const response = new StrictResponse(socket, this, head.method);
    const current = { request, response };
    this.current = current;
    this.deadline = request.complete ? NEVER : owner.now + owner.limits.headMs + owner.limits.bodyMs;
    this.closes = head.closes || head.upgrades || (request.complete && rest.length > 0);
    if (head.upgrades) {
      socket.pause();
      owner.events.upgrade(request, response, socket, rest);
      return;
    }
    owner.events.request(request, response);
    if (rest.length > 0 && !request.complete && this.current === current) this.readBody(current, rest);
  }

  private readBody({ request }: Current, bytes: Buffer): void {
    const piece = pieceOf(request, bytes);
    if (!piece) {
      this.refuse("400 Bad Request");
      return;
    }
    // Before the piece is handed on, because the answer may leave within that.
    if (request.exceeded) this.closes = true;
    if (request.complete) this.deadline = NEVER;
    request.handOn(piece);
  }

  /**
   * What is not HTTP gets a short answer and no second try. In the middle of an answer, that answer is cut: a status line in it
   * would be taken for a piece of it.
   */
  private refuse(status: Refusal): void {
    const { current, socket } = this;
    if (current) {
      current.response.flush();
      current.response.refused = status === TIMEOUT ? LATE : MALFORMED;
    }
    if (!current?.response.begun) socket.write(bareAnswer(status), "latin1");
    this.current = undefined;
    this.close();
    current?.response.closed();
  }

  /**
   * Ends the connection once everything has left. What still comes is read and forgotten for a while: a connection that is closed
   * with bytes unread is reset, and the reset overtakes the answer.
   */
  private close(): void {
    this.closing = true;
    this.deadline = this.owner.now + LINGER_MS;
    this.socket.resume();
    this.socket.end();
  }
}

/** The piece of a body in a read; undefined where it is malformed. */
function pieceOf(request: StrictRequest, bytes: Buffer): Buffer | undefined {
  try {
    return request.take(bytes);
  } catch (error) {
    if (error instanceof MalformedMessage) return undefined;
    throw error;
  }
}
