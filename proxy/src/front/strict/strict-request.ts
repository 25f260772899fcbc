import type { Socket } from "node:net";
import type { HeadResult } from "../../headers";
import type { BodyTaker, ClientRequest } from "../client";
import { BodyReader } from "./body-reader";
import type { StrictHead } from "./request-head";

/** A request that the strict front has read. */
export class StrictRequest implements ClientRequest {
  readonly method: string;
  readonly url: string;
  readonly rawHeaders: readonly string[];
  private readonly body: BodyReader;
  private taker: BodyTaker | undefined;
  /** What came before anybody took it. */
  private held: Buffer[] = [];
  private stopped = false;
  private discarded: (() => void) | undefined;

  constructor(
    readonly socket: Socket,
    private readonly head: StrictHead,
  ) {
    this.method = head.method;
    this.url = head.target;
    this.rawHeaders = head.rawHeaders;
    this.body = new BodyReader(head.body);
  }

  get complete(): boolean {
    return this.body.complete;
  }

  /** Whether the client sent more than the request. */
  get exceeded(): boolean {
    return this.body.exceeded;
  }

  checkedHead(): HeadResult {
    return this.head.checked;
  }

  /** The piece of its body that a read of the connection holds. @throws MalformedMessage */
  take(bytes: Buffer): Buffer {
    return this.body.read(bytes);
  }

  /** Hands a piece on. The request may have been answered when this returns. */
  handOn(piece: Buffer): void {
    if (this.taker) this.hand(piece, this.taker);
    else if (!this.discarded) {
      this.held.push(piece);
      this.pause();
    } else if (this.complete) this.discarded();
  }

  readTo(taker: BodyTaker): void {
    const { held } = this;
    this.taker = taker;
    this.held = [];
    for (const piece of held) taker.data(piece);
    if (this.taker !== taker) return;
    if (this.complete) this.endOf(taker);
    else if (held.length > 0) this.resume();
  }

  release(): void {
    this.taker = undefined;
    if (!this.complete) this.pause();
  }

  pause(): void {
    this.stopped = true;
    this.socket.pause();
  }

  resume(): void {
    if (!this.stopped) return;
    this.stopped = false;
    this.socket.resume();
  }

  isPaused(): boolean {
    return this.stopped;
  }

  discard(done: () => void): void {
    this.held = [];
    this.discarded = done;
    this.resume();
  }

  private hand(piece: Buffer, taker: BodyTaker): void {
    if (piece.length > 0) taker.data(piece);
    if (this.complete && this.taker === taker) this.endOf(taker);
  }

  /** From here on only that the client leaves, or sends too much, can come: it has to be seen. */
  private endOf(taker: BodyTaker): void {
    this.taker = undefined;
    this.resume();
    taker.end();
  }
}
