import type { TextSink } from "./line-writer";

/** What several processes can write to one pipe without cutting into each other's text, in bytes (PIPE_BUF of Linux). */
const WHOLE = 4096;

/** An output that says when it has taken a text, such as `process.stdout`. */
export interface SlowSink {
  write(text: string, taken: () => void): unknown;
}

/**
 * An output that several processes share. It is given whole lines, as many as the system writes in one piece, and the next ones when it
 * has taken these: of a longer write a full pipe takes a part, and another process's lines would come in between.
 */
export class WholeLines implements TextSink {
  private readonly waiting: string[] = [];
  private busy = false;
  private readonly callers: (() => void)[] = [];

  constructor(private readonly sink: SlowSink) {}

  write(text: string): void {
    for (const piece of piecesOf(text)) this.waiting.push(piece);
    if (!this.busy) this.next();
  }

  /** Resolves when everything is written. */
  async written(): Promise<void> {
    if (this.busy) await new Promise<void>((resolve) => this.callers.push(resolve));
  }

  private readonly next = (): void => {
    const piece = this.waiting.shift();
    this.busy = piece !== undefined;
    if (piece !== undefined) this.sink.write(piece, this.next);
    else for (const call of this.callers.splice(0)) call();
  };
}

/** Whole lines of a text, together as long as may be written at once. A line that is longer stands alone. */
function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const line of text.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
    const more = Buffer.byteLength(line);
    bytes += more;
    if (bytes <= WHOLE) pieces[pieces.length - 1] += line;
    else {
      pieces.push(line);
      bytes = more;
    }
  }
  return pieces;
}
