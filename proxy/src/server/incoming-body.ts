import type { BodyTaker, ClientRequest } from "../front";
import type { Deadline, Deadlines } from "./deadlines";

/** What becomes of the bytes of a request's body. */
export interface BodyEvents {
  data(chunk: Buffer): void;
  end(): void;
  tooLarge(): void;
  /** Nothing came for longer than allowed. */
  idle(): void;
}

/** Bounds of one body. */
export interface BodyLimits {
  /** Most bytes. */
  readonly bytes: number;
  /** Most milliseconds between two pieces. */
  readonly idleMs: number;
}

/** Reads the body of a request within its limits. While it is paused, time does not count. */
export class IncomingBody implements BodyTaker, Deadline {
  /** When something last came, in milliseconds of the watch. */
  touchedAt = 0;
  private received = 0;
  private over = false;

  constructor(
    private readonly request: ClientRequest,
    private readonly limits: BodyLimits,
    private readonly deadlines: Deadlines,
    private readonly events: BodyEvents,
  ) {}

  /** Bytes so far. */
  get bytes(): number {
    return this.received;
  }

  /** Most milliseconds without a piece. */
  get patience(): number {
    return this.limits.idleMs;
  }

  /** Begins to read. */
  start(): void {
    if (this.over) return;
    if (!this.request.complete) this.deadlines.add(this);
    this.request.readTo(this);
  }

  /** No more events. */
  stop(): void {
    if (this.over) return;
    this.over = true;
    this.deadlines.delete(this);
    this.request.release();
  }

  /** The reader cannot take more now. */
  pause(): void {
    if (this.over) return;
    this.deadlines.delete(this);
    this.request.pause();
  }

  resume(): void {
    if (this.over || !this.request.isPaused()) return;
    this.deadlines.add(this);
    this.request.resume();
  }

  /** A piece has come. */
  data(chunk: Buffer): void {
    if (this.over) return;
    this.received += chunk.length;
    this.deadlines.touch(this);
    if (this.received > this.limits.bytes) {
      this.stop();
      this.events.tooLarge();
    } else this.events.data(chunk);
  }

  /** Nothing more comes. */
  end(): void {
    if (this.over) return;
    this.stop();
    this.events.end();
  }

  /** Nothing came for too long. */
  expire(): void {
    this.stop();
    this.events.idle();
  }
}
