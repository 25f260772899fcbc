import { canSkipFar, MISPLACED, type OpenValue, skipFar, TOO_DEEP } from "./far-skip";
import { BodyProblem } from "./problem";
import { skipString } from "./string-scan";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
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
    const { open } = this;
    const near = canSkipFar ? Math.min(from + NEAR, end) : end;
    let i = from;
    while (i < near) {
      if (open.inString) {
        const behind = skipString(bytes, i, near, open);
        if (behind < 0) i = near;
        else {
          open.inString = false;
          i = behind;
        }
        continue;
      }
      const byte = bytes[i] ?? 0;
      i += 1;
      if (byte === QUOTE) open.inString = true;
      else if (byte === BACKSLASH) throw misplaced();
      else if (byte > 0x5a && this.bracket(byte, deepest)) return i;
    }
    if (i === end) return -1;
    const found = skipFar(bytes, i, end, open, deepest);
    if (found === TOO_DEEP) throw tooDeep();
    if (found === MISPLACED) throw misplaced();
    return found;
  }

  /** Counts a bracket; true when it closes the first one. `{` and `[`, `}` and `]` differ in one bit only. */
  private bracket(byte: number, deepest: number): boolean {
    const kind = byte | 0x20;
    if (kind === 0x7b) {
      this.open.depth += 1;
      if (this.open.depth > deepest) throw tooDeep();
    } else if (kind === 0x7d) {
      this.open.depth -= 1;
      return this.open.depth === 0;
    }
    return false;
  }
}

function misplaced(): BodyProblem {
  return new BodyProblem("bad_json", "the body is not valid JSON: a backslash stands outside of text");
}

function tooDeep(): BodyProblem {
  return new BodyProblem("too_deep", "the body is nested too deeply");
}
