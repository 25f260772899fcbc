import type { Socket } from "node:net";
import { MalformedMessage } from "../framing";
import type { AnswerHead } from "./answer-head";
import { CurrentRequest, type RequestCarrier, type UpstreamEvents } from "./current-request";
import { type FailureCode, failure } from "./failure";
import { OutgoingBytes } from "./outgoing-bytes";

/** How long things may take, in milliseconds. */
export interface UpstreamTimeouts {
  readonly connect: number;
  /** From the end of the request to the head of the answer. */
  readonly headers: number;
  /** Between two pieces of the answer, or of a request that the gateway does not read. */
  readonly idle: number;
  /** From the beginning of the request to the end of the answer. */
  readonly total: number;
}

/** What the owner of a connection needs to know. */
export interface ConnectionOwner {
  now(): number;
  /** The connection is free for another request. */
  released(connection: Connection): void;
  /** The connection is gone. */
  closed(connection: Connection): void;
}

const NOTHING: Buffer = Buffer.alloc(0);
const LINE_END: Buffer = Buffer.from("\r\n");
const LAST_CHUNK: Buffer = Buffer.from("0\r\n\r\n");

/** One connection to the gateway. It carries one request at a time. */
export class Connection implements RequestCarrier {
  /** Since when the connection waits for a request. */
  idleSince = 0;
  /** Counts the requests; grows when one begins and when one ends, so that it tells whose turn it is. */
  turn = 0;
  private current: CurrentRequest | undefined;
  private connected = false;
  private dead = false;
  private readonly outgoing: OutgoingBytes;

  /** @param readsDirectly whether the socket hands what comes to {@link received} itself */
  constructor(
    private readonly socket: Socket,
    private readonly owner: ConnectionOwner,
    connectEvent: "connect" | "secureConnect",
    readsDirectly: boolean,
  ) {
    this.outgoing = new OutgoingBytes(socket);
    socket.on(connectEvent, () => this.connectionStands());
    if (!readsDirectly) socket.on("data", (bytes: Buffer) => this.received(bytes));
    socket.on("end", () => this.ended());
    socket.on("error", () => this.fail(this.connected ? "upstream_reset" : "upstream_unreachable"));
    socket.on("close", () => this.fail(this.connected ? "upstream_reset" : "upstream_unreachable"));
    socket.on("drain", () => this.drained());
  }

  /** Starts a request. What is written goes out together with its head. */
  begin(method: string, head: string, chunked: boolean, mayUpgrade: boolean, events: UpstreamEvents): void {
    this.turn += 1;
    this.current = new CurrentRequest(this, events, this.owner.now(), chunked, method, mayUpgrade);
    this.outgoing.begin(head);
  }

  /** Whether `request` is the one that is on its way. */
  carries(request: CurrentRequest): boolean {
    return this.current === request;
  }

  /** A piece of the request's body; false when the caller should wait for `drain`. */
  write(chunk: Buffer): boolean {
    const { current } = this;
    if (!current || current.sent || chunk.length === 0) return true;
    current.touchedAt = this.owner.now();
    if (current.chunked) this.outgoing.add(Buffer.from(`${chunk.length.toString(16)}\r\n`, "latin1"));
    this.outgoing.add(chunk);
    if (current.chunked) this.outgoing.add(LINE_END);
    return !this.outgoing.full;
  }

  /** The request is complete, with `last` as the last piece of its body. */
  endRequest(last: Buffer = NOTHING): void {
    const { current } = this;
    if (!current || current.sent) return;
    if (current.chunked) this.write(last);
    current.sent = true;
    current.touchedAt = this.owner.now();
    this.outgoing.addLast(current.chunked ? LAST_CHUNK : last);
  }

  /** Nobody reads `buffer`, of which pieces were written, any more. */
  spent(buffer: Buffer): void {
    this.outgoing.spent(buffer);
  }

  /** The caller wants no more of the answer: the gateway sees the connection close. */
  abort(): void {
    this.current = undefined;
    this.destroy();
  }

  pause(): void {
    if (this.current) this.socket.pause();
  }

  resume(): void {
    if (!this.current) return;
    this.current.touchedAt = this.owner.now();
    this.socket.resume();
  }

  /** Ends what has taken too long. */
  checkTime(timeouts: UpstreamTimeouts, idleMilliseconds: number): void {
    const now = this.owner.now();
    if (!this.current) {
      if (now - this.idleSince >= idleMilliseconds) this.destroy();
      return;
    }
    const late = this.late(this.current, now, timeouts);
    if (late) this.fail(late);
  }

  /** Ends the connection and whatever it carries. */
  fail(code: FailureCode): void {
    const { current } = this;
    this.current = undefined;
    this.destroy();
    current?.events.failed(failure(current.reader.begun && code === "upstream_reset" ? "upstream_cut" : code));
  }

  private late(current: CurrentRequest, now: number, timeouts: UpstreamTimeouts): FailureCode | undefined {
    const waited = now - current.touchedAt;
    if (!this.connected) return now - current.startedAt >= timeouts.connect ? "upstream_connect_timeout" : undefined;
    if (now - current.startedAt >= timeouts.total) return "upstream_total_timeout";
    if (!current.sent) return this.outgoing.waiting && waited >= timeouts.idle ? "upstream_stalled" : undefined;
    if (!current.reader.begun) return waited >= timeouts.headers ? "upstream_headers_timeout" : undefined;
    // While the client does not read, it is not the gateway that pauses.
    return !this.socket.isPaused() && waited >= timeouts.idle ? "upstream_idle_timeout" : undefined;
  }

  private connectionStands(): void {
    this.connected = true;
    if (this.current) this.current.touchedAt = this.owner.now();
  }

  /** Bytes have come. */
  received(bytes: Buffer): void {
    const { current } = this;
    if (!current || this.outgoing.unbegun) {
      // Nobody asked: the answer would be taken for that of the next request, or of one of which nothing has left yet.
      this.fail("upstream_reset");
      return;
    }
    current.touchedAt = this.owner.now();
    try {
      current.reader.read(bytes);
    } catch (error) {
      if (!(error instanceof MalformedMessage)) throw error;
      this.fail("upstream_malformed");
    }
  }

  private drained(): void {
    const { current } = this;
    this.outgoing.releaseSpent();
    if (!current) return;
    current.touchedAt = this.owner.now();
    current.events.drain();
  }

  private ended(): void {
    const { current } = this;
    if (current?.reader.close()) return;
    this.fail(this.connected ? "upstream_reset" : "upstream_unreachable");
  }

  /** The answer is complete. */
  finished(current: CurrentRequest): void {
    this.current = undefined;
    this.turn += 1;
    // An answer to half a request says that the rest is not wanted, and what of it is on its way would spoil the next one.
    if (current.reader.keepAlive && current.sent && !this.outgoing.waiting && !this.dead) this.release();
    else this.destroy();
    current.events.end();
  }

  private release(): void {
    this.idleSince = this.owner.now();
    // A paused socket in the pool would let the next request wait for ever.
    this.socket.resume();
    this.owner.released(this);
  }

  /** The gateway has changed its protocol. */
  handOver(current: CurrentRequest, answer: AnswerHead, rest: Buffer): void {
    const { socket } = this;
    this.current = undefined;
    this.dead = true;
    for (const event of ["connect", "secureConnect", "data", "end", "error", "close", "drain"]) socket.removeAllListeners(event);
    this.owner.closed(this);
    if (current.events.upgraded) current.events.upgraded(answer.rawHeaders, socket, rest);
    else socket.destroy();
  }

  private destroy(): void {
    if (this.dead) return;
    this.dead = true;
    this.socket.destroy();
    this.owner.closed(this);
  }
}
