import { ChunkedBody } from "../../framing";
import type { BodyFraming } from "./request-head";

/** Takes the body of one request out of the bytes of its connection. */
export class BodyReader {
  private left: number;
  private behind = 0;
  private readonly chunked: ChunkedBody | undefined;

  constructor(framing: BodyFraming) {
    if (framing.kind === "chunked") this.chunked = new ChunkedBody(true);
    if (framing.kind === "length") this.left = framing.length;
    // What cannot be read has no end.
    else this.left = framing.kind === "unknown" ? Number.POSITIVE_INFINITY : 0;
  }

  /** Whether all of it has come. */
  get complete(): boolean {
    return this.chunked ? this.chunked.done : this.left === 0;
  }

  /** Whether bytes came behind it. */
  get exceeded(): boolean {
    return this.chunked ? this.chunked.excess > 0 : this.behind > 0;
  }

  /**
   * The piece of the body that a read holds.
   *
   * @throws MalformedMessage
   */
  read(bytes: Buffer): Buffer {
    if (this.chunked) return this.chunked.payload(bytes);
    const piece = bytes.length > this.left ? bytes.subarray(0, this.left) : bytes;
    this.left -= piece.length;
    this.behind += bytes.length - piece.length;
    return piece;
  }
}
