import { canSkipFar, MISPLACED, type OpenValue, skipFar, TOO_DEEP } from "./far-skip";
import { BodyProblem } from "./problem";
import { skipString } from "./string-scan";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** Of the bytes that matter outside of strings, the lowest but the quote. */
const LIST = 0x5b;
/** How many bytes are looked at one by one before it is worth while to look at many at once. */
const NEAR = 128;

/** Skips one object or list without looking at what is inside; may stop at the end of a chunk and go on in the next. */
export class ContainerScan {
  private readonly open: OpenValue = { depth: 0, inString: false, escaped: false };

  /** Begins before the opening bracket. */
  begin(): void {
    this.open.depth = 0;
    this.open.inString = false;
    this.open.escaped = false;
  }

  /**
   * The position behind the closing bracket, or -1 when the bytes end before it.
   *
   * Kinds of brackets are not compared: a body where they differ is refused by every JSON parser, so nobody reads it otherwise.
   *
   * @throws BodyProblem `too_deep` when more than `deepest` brackets are open, `bad_json` for a backslash outside of strings: no
   *   parser takes it, but what it does to the quote behind it would be a matter of opinion
   */
  skip(bytes: Buffer, from: number, end: number, deepest: number): number {
    const near = canSkipFar ? Math.min(from + NEAR, end) : end;
    const i = this.skipNear(bytes, from, near, deepest);
    if (this.open.depth === 0) return i;
    if (near === end) return -1;
    const found = skipFar(bytes, near, end, this.open, deepest);
    if (found === TOO_DEEP) throw tooDeep();
    if (found === MISPLACED) throw misplaced();
    return found;
  }

  /** The position behind the container; `near` where it goes on there. */
  private skipNear(bytes: Buffer, from: number, near: number, deepest: number): number {
    const { open } = this;
    let i = from;
    while (i < near) {
      if (open.inString) {
        const behind = skipString(bytes, i, near, open);
        if (behind < 0) return near;
        open.inString = false;
        i = behind;
      } else {
        const byte = bytes[i] ?? 0;
        i += 1;
        if (byte === QUOTE) open.inString = true;
        else if (byte >= LIST && this.special(byte, deepest)) return i;
      }
    }
    return near;
  }

  /** Takes note of a bracket or backslash; true when it closes the first bracket. `{` and `[`, `}` and `]` differ in one bit. */
  private special(byte: number, deepest: number): boolean {
    const kind = byte | 0x20;
    if (kind === 0x7b) {
      this.open.depth += 1;
      if (this.open.depth > deepest) throw tooDeep();
    } else if (kind === 0x7d) {
      this.open.depth -= 1;
      return this.open.depth === 0;
    } else if (byte === BACKSLASH) throw misplaced();
    return false;
  }
}

function misplaced(): BodyProblem {
  return new BodyProblem("bad_json", "the body is not valid JSON: a backslash stands outside of text");
}

function tooDeep(): BodyProblem {
  return new BodyProblem("too_deep", "the body is nested too deeply");
}
