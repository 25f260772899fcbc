import { isUtf8 } from "node:buffer";

/** Checks that a text which comes in chunks is UTF-8, also where a chunk ends in the middle of a character. */
export class Utf8Check {
  /** The beginning of a character whose rest has not come: at most three bytes. */
  private tail: Buffer = Buffer.alloc(0);

  /** Whether all characters so far are complete. */
  get complete(): boolean {
    return this.tail.length === 0;
  }

  /** False as soon as something is not UTF-8. */
  accepts(chunk: Buffer): boolean {
    const { tail } = this;
    if (tail.length > 0) {
      const missing = characterLength(tail[0] ?? 0) - tail.length;
      const character = Buffer.concat([tail, chunk.subarray(0, missing)]);
      if (chunk.length < missing) {
        this.tail = character;
        return true;
      }
      this.tail = Buffer.alloc(0);
      return isUtf8(character) && this.accepts(chunk.subarray(missing));
    }
    const end = chunk.length - unfinished(chunk);
    this.tail = Buffer.from(chunk.subarray(end));
    return isUtf8(end === chunk.length ? chunk : chunk.subarray(0, end));
  }
}

/** How many bytes at the end begin a character that is longer. */
function unfinished(chunk: Buffer): number {
  for (let back = 1; back <= Math.min(3, chunk.length); back++) {
    const byte = chunk[chunk.length - back] ?? 0;
    if (byte >= 0xc0) return characterLength(byte) > back ? back : 0;
    if (byte < 0x80) return 0;
  }
  return 0;
}

function characterLength(first: number): number {
  if (first >= 0xf0) return 4;
  return first >= 0xe0 ? 3 : 2;
}
