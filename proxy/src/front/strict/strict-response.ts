import type { Socket } from "node:net";
import { type Gathering, leaveThisTurn } from "../../turn";
import { answerHead, framingLine } from "../answer-head";
import { LAST_CHUNK, sendChunk } from "../chunk";
import type { AnswerLines, ClientResponse, FrontRefusal } from "../client";

/** The connection that an answer leaves on. */
export interface AnswerCarrier {
  /** Whether the connection ends with this answer. */
  readonly closes: boolean;
  closeAfter(): void;
  /** The answer has been written, and the client takes its time to read it. */
  leaving(): void;
  /** The answer has left. */
  answered(): void;
  handOver(): void;
}

/** An answer of the strict front. */
export class StrictResponse implements ClientResponse, Gathering {
  begun = false;
  refused: FrontRefusal | undefined;
  private over = false;
  private chunked = false;
  private bodiless: boolean;
  /** A whole answer that leaves at the end of the turn, a character for each byte. */
  private whole: string | undefined;
  private onClosed: (() => void) | undefined;
  private onDrained: (() => void) | undefined;

  constructor(
    private readonly socket: Socket,
    private readonly carrier: AnswerCarrier,
    method: string,
  ) {
    this.bodiless = method === "HEAD";
  }

  begin(lines: AnswerLines, length: number): void {
    if (this.over) return;
    this.socket.write(this.head(lines, length), "latin1");
  }

  send(chunk: Buffer): boolean {
    if (this.over || this.bodiless || this.socket.destroyed) return true;
    return this.chunked ? sendChunk(this.socket, chunk) : this.socket.write(Buffer.from(chunk));
  }

  finish(): void {
    if (this.over || this.socket.destroyed) return;
    if (this.chunked) this.socket.write(LAST_CHUNK, "latin1");
    this.sent();
  }

  answer(lines: AnswerLines, body: string): void {
    if (this.over) return;
    const head = this.head(lines, body.length);
    this.whole = this.bodiless ? head : head + body;
    leaveThisTurn(this);
  }

  /** Writes the answer that waits for the end of the turn, if there is one. */
  flush(): void {
    const { whole } = this;
    this.whole = undefined;
    if (whole === undefined || this.over || this.socket.destroyed) return;
    this.socket.write(whole, "latin1");
    this.sent();
  }

  writeContinue(): void {
    if (!this.over) this.socket.write("HTTP/1.1 100 Continue\r\n\r\n", "latin1");
  }

  closeAfter(): void {
    this.carrier.closeAfter();
  }

  destroy(): void {
    this.flush();
    this.socket.destroy();
  }

  handOver(): void {
    this.over = true;
    this.carrier.handOver();
  }

  whenClosed(call: () => void): void {
    this.onClosed = call;
  }

  whenDrained(call: () => void): void {
    this.onDrained = call;
  }

  /** The client takes more again. */
  drained(): void {
    const { onDrained } = this;
    this.onDrained = undefined;
    onDrained?.();
  }

  /** Nothing more is sent. */
  closed(): void {
    this.over = true;
    const { onClosed } = this;
    this.onClosed = undefined;
    onClosed?.();
  }

  /** The head as text. RFC 9112, section 6.3: an answer without a body is not framed, only told the length it would have. */
  private head(lines: AnswerLines, length: number): string {
    const { status } = lines;
    this.begun = true;
    this.bodiless ||= status === 204 || status === 304;
    this.chunked = length < 0 && !this.bodiless;
    const framing = status === 204 || (this.bodiless && length < 0) ? "" : framingLine(length);
    return answerHead(lines, framing, !this.carrier.closes);
  }

  /** Frees the connection once the client's side has taken everything. */
  private sent(): void {
    this.over = true;
    if (this.socket.writableLength === 0) this.carrier.answered();
    else {
      this.carrier.leaving();
      this.socket.write("", "latin1", (error) => void (error ?? this.carrier.answered()));
    }
  }
}
