import type { Place } from "../../findings";

/** A text that is not HCL from here on. */
export class HclError extends Error {
  constructor(
    readonly place: Place,
    message: string,
  ) {
    super(message);
  }
}

/** Goes through HCL character by character. */
export class Scanner {
  private at = 0;
  private line = 1;
  private lineStart = 0;
  /** Comments since the last value, without their marks. */
  private comments: string[] = [];

  constructor(
    private readonly text: string,
    private readonly file: string,
  ) {}

  get done(): boolean {
    return this.at >= this.text.length;
  }

  place(): Place {
    return { file: this.file, line: this.line, column: this.at - this.lineStart + 1 };
  }

  /** The comments that were passed over since the last call. */
  takeComments(): string[] {
    const taken = this.comments;
    this.comments = [];
    return taken;
  }

  peek(length = 1): string {
    return this.text.slice(this.at, this.at + length);
  }

  /** What a sticky pattern matches here, taken; undefined where it matches nothing. */
  take(pattern: RegExp): string | undefined {
    const sticky = new RegExp(pattern.source, "sy");
    sticky.lastIndex = this.at;
    const taken = sticky.exec(this.text)?.[0];
    if (taken !== undefined) this.pass(taken);
    return taken;
  }

  private pass(taken: string): void {
    const lines = taken.split("\n");
    this.at += taken.length;
    if (lines.length === 1) return;
    this.line += lines.length - 1;
    this.lineStart = this.at - (lines.at(-1) ?? "").length;
  }

  /** Passes over blanks and comments, and over line ends where they mean nothing. */
  skip(overLines = true): void {
    const blanks = overLines ? /[\s,]+/ : /[ \t\r]+/;
    for (;;) {
      if (this.take(blanks) !== undefined) continue;
      const comment = this.take(/#[^\n]*|\/\/[^\n]*|\/\*.*?\*\//);
      if (comment === undefined) {
        if (this.peek(2) === "/*") this.fail("a comment is not closed");
        return;
      }
      const lines = comment.replace(/^(?:#|\/\/|\/\*)|\*\/$/g, "").split("\n");
      this.comments.push(...lines.map((line) => line.trimEnd()));
    }
  }

  fail(message: string): never {
    throw new HclError(this.place(), message);
  }
}
