import { IncomingMessage } from "node:http";
import { checkRequestHead, type HeadResult } from "../../headers";
import type { BodyTaker, ClientRequest } from "../client";

/**
 * A request whose body goes from Node's parser straight to its reader.
 *
 * As a stream, a body is queued, announced by events and ended in a later turn, which costs more time than checking it. The parser
 * hands its pieces to `push`; here they go on from there to whoever has taken the body.
 */
export class DirectRequest extends IncomingMessage implements ClientRequest {
  private taker: BodyTaker | undefined;
  private taken = false;
  private stopped = false;

  checkedHead(): HeadResult {
    return checkRequestHead(this.rawHeaders);
  }

  readTo(taker: BodyTaker): void {
    if (this.complete || this.readableLength > 0 || this.readableFlowing !== null) this.streamTo(taker);
    else {
      this.taken = true;
      this.taker = taker;
    }
  }

  /** Gives the rest of the body back to the stream. */
  release(): void {
    if (!this.taken || this.complete) return;
    this.taken = false;
    this.taker = undefined;
  }

  /** Called by the parser with each piece, and with null at the end; false stops it. */
  override push(chunk: Buffer | null): boolean {
    if (!this.taken) return super.push(chunk);
    const { taker } = this;
    if (chunk !== null) taker?.data(chunk);
    else {
      this.taker = undefined;
      taker?.end();
    }
    return !this.stopped;
  }

  override pause(): this {
    if (!this.taken) return super.pause();
    this.stopped = true;
    return this;
  }

  override resume(): this {
    if (!this.taken) return super.resume();
    if (this.stopped && !this.complete) this._read(0);
    this.stopped = false;
    return this;
  }

  override isPaused(): boolean {
    return this.taken ? this.stopped : super.isPaused();
  }

  discard(done: () => void): void {
    this.once("end", done);
    this.resume();
  }

  /** Pieces have come already: the body is read as a stream. */
  private streamTo(taker: BodyTaker): void {
    this.on("data", (chunk: Buffer) => taker.data(chunk));
    this.on("end", () => taker.end());
    // A client that goes away closes the response, and that ends the request.
    this.on("error", () => undefined);
  }
}
