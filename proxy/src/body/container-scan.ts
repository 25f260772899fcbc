import { BodyProblem } from "./problem";
import { type StringScan, skipString } from "./string-scan";

const QUOTE = 0x22;

/** Skips one object or list without looking at what is inside; may stop at the end of a chunk and go on in the next. */
export class ContainerScan {
  private depth = 0;
  private inString = false;
  private readonly string: StringScan = { escaped: false };

  /** Begins before the opening bracket. */
  begin(): void {
    this.depth = 0;
    this.inString = false;
    this.string.escaped = false;
  }

  /**
   * The position behind the closing bracket, or -1 when the bytes end before it.
   *
   * Kinds of brackets are not compared: a body where they differ is refused by every JSON parser, so nobody reads it otherwise.
   *
   * @throws BodyProblem `too_deep` when more than `deepest` brackets are open
   */
  skip(bytes: Buffer, from: number, end: number, deepest: number): number {
    let i = from;
    while (i < end) {
      if (this.inString) {
        i = skipString(bytes, i, end, this.string);
        if (i < 0) return -1;
        this.inString = false;
        continue;
      }
      const byte = bytes[i] ?? 0;
      i += 1;
      if (byte === QUOTE) this.inString = true;
      else if (byte > 0x5a && this.bracket(byte, deepest)) return i;
    }
    return -1;
  }

  /** Counts a bracket; true when it closes the first one. `{` and `[`, `}` and `]` differ in one bit only. */
  private bracket(byte: number, deepest: number): boolean {
    const kind = byte | 0x20;
    if (kind === 0x7b) {
      this.depth += 1;
      if (this.depth > deepest) throw new BodyProblem("too_deep", "the body is nested too deeply");
    } else if (kind === 0x7d) {
      this.depth -= 1;
      return this.depth === 0;
    }
    return false;
  }
}
