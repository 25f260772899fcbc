import { MalformedMessage } from "./malformed-message";

const LF = 0x0a;
const CR = 0x0d;
/** Bytes of a line that gives a chunk's size, extensions included, and of all trailers together. */
const LONGEST_LINE = 256;
const LONGEST_TRAILERS = 8192;
/** The empty line alone. */
const NO_TRAILERS = 2;

type State = "size" | "extension" | "size-end" | "data" | "data-cr" | "data-lf" | "trailer" | "done";

/** Takes the framing out of a chunked body (RFC 9112, section 7.1), wherever reads cut it. */
export class ChunkedBody {
  private state: State = "size";
  private size = 0;
  private digits = 0;
  private line = 0;
  private trailers = 0;
  private lastByte = 0;
  private behind = 0;

  /** @param plain whether extensions and trailers, which nobody sends and readers treat differently, are malformed */
  constructor(private readonly plain = false) {}

  /** Whether the last chunk and the trailers have come. */
  get done(): boolean {
    return this.state === "done";
  }

  /** How many bytes came behind the end: they belong to no body, and were not read. */
  get excess(): number {
    return this.behind;
  }

  /**
   * Moves the payload of a read to its beginning and returns it, so that one read becomes one write however many chunks it
   * holds. Trailers are dropped.
   *
   * @throws MalformedMessage
   */
  payload(read: Buffer): Buffer {
    let from = 0;
    let to = 0;
    while (from < read.length && !this.done) {
      if (this.state === "data") {
        const count = Math.min(this.size, read.length - from);
        if (to !== from) read.copyWithin(to, from, from + count);
        to += count;
        from += count;
        this.size -= count;
        if (this.size === 0) this.state = "data-cr";
      } else {
        this.frame(read[from] ?? 0);
        from += 1;
      }
    }
    this.behind += read.length - from;
    return to === read.length ? read : read.subarray(0, to);
  }

  private frame(byte: number): void {
    switch (this.state) {
      case "size":
      case "extension":
        this.sizeLine(byte);
        return;
      case "size-end":
        expect(byte, LF);
        this.state = this.size > 0 ? "data" : "trailer";
        this.line = 0;
        return;
      case "data-cr":
        expect(byte, CR);
        this.state = "data-lf";
        return;
      case "data-lf":
        expect(byte, LF);
        this.state = "size";
        this.digits = 0;
        this.line = 0;
        return;
      default:
        this.trailer(byte);
    }
  }

  private sizeLine(byte: number): void {
    this.line += 1;
    if (this.line > LONGEST_LINE || byte === LF) throw new MalformedMessage("chunk size");
    if (byte === CR) {
      if (this.digits === 0) throw new MalformedMessage("chunk size");
      this.state = "size-end";
    } else if (this.state === "size") this.digit(byte);
  }

  private digit(byte: number): void {
    const value = hexValue(byte);
    if (value < 0) {
      if (this.plain || this.digits === 0 || (byte !== 0x3b && byte !== 0x20)) throw new MalformedMessage("chunk size");
      this.state = "extension";
      return;
    }
    this.size = this.digits === 0 ? value : this.size * 16 + value;
    this.digits += 1;
    if (this.digits > 12) throw new MalformedMessage("chunk size");
  }

  /** Lines until an empty one. */
  private trailer(byte: number): void {
    this.trailers += 1;
    if (this.trailers > (this.plain ? NO_TRAILERS : LONGEST_TRAILERS)) throw new MalformedMessage("trailers");
    if (byte === LF) {
      if (this.lastByte !== CR) throw new MalformedMessage("trailers");
      if (this.line === 1) this.state = "done";
      this.line = 0;
    } else this.line += 1;
    this.lastByte = byte;
  }
}

function expect(byte: number, wanted: number): void {
  if (byte !== wanted) throw new MalformedMessage("chunk framing");
}

function hexValue(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}
