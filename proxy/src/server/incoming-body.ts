import type { IncomingMessage } from "node:http";

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

/** Bytes that a request announces: 0 for no body, -1 for one of unknown length. */
export function announcedLength({ headers }: IncomingMessage): number {
  if (headers["transfer-encoding"] !== undefined) return -1;
  return Number(headers["content-length"] ?? 0);
}

/** Reads the body of a request within its limits. While it is paused, time does not count. */
export class IncomingBody {
  private timer: NodeJS.Timeout | undefined;
  private received = 0;
  private over = false;

  constructor(
    private readonly request: IncomingMessage,
    private readonly limits: BodyLimits,
    private readonly events: BodyEvents,
  ) {}

  /** Bytes so far. */
  get bytes(): number {
    return this.received;
  }

  /** Begins to read. */
  start(): void {
    if (this.over) return;
    this.request.on("data", (chunk: Buffer) => this.onData(chunk));
    this.request.on("end", () => this.onEnd());
    // A client that goes away ends the transaction by the close of its response.
    this.request.on("error", () => this.stop());
    if (!this.request.complete) this.startTimer();
  }

  /** No more events. */
  stop(): void {
    this.over = true;
    clearTimeout(this.timer);
  }

  /** The reader cannot take more now. */
  pause(): void {
    if (this.over) return;
    clearTimeout(this.timer);
    this.timer = undefined;
    this.request.pause();
  }

  resume(): void {
    if (this.over || !this.request.isPaused()) return;
    this.startTimer();
    this.request.resume();
  }

  private onData(chunk: Buffer): void {
    if (this.over) return;
    this.received += chunk.length;
    this.timer?.refresh();
    if (this.received > this.limits.bytes) {
      this.stop();
      this.events.tooLarge();
    } else this.events.data(chunk);
  }

  private onEnd(): void {
    if (this.over) return;
    this.stop();
    this.events.end();
  }

  private startTimer(): void {
    this.timer ??= setTimeout(() => {
      this.stop();
      this.events.idle();
    }, this.limits.idleMs);
  }
}
