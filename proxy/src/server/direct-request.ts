import { IncomingMessage } from "node:http";

/** Who takes the pieces of a body. */
export interface BodyTaker {
  data(chunk: Buffer): void;
  end(): void;
}

/**
 * A request whose body goes from Node's parser straight to its reader.
 *
 * As a stream, a body is queued, announced by events and ended in a later turn, which costs more time than checking it. The parser
 * hands its pieces to `push`; here they go on from there to whoever has taken the body.
 */
export class DirectRequest extends IncomingMessage {
  private taker: BodyTaker | undefined;
  private taken = false;
  private stopped = false;

  /** Hands the body to `taker`. False when pieces have come already: then the body is to be read as a stream. */
  deliverTo(taker: BodyTaker): boolean {
    if (this.complete || this.readableLength > 0 || this.readableFlowing !== null) return false;
    this.taken = true;
    this.taker = taker;
    return true;
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
}
