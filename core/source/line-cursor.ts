import type { Place } from "../findings";

/** Something that is not read here; the reader of YAML says what it is. */
export class NotPlain extends Error {}

const SPACE = 32;

/** A place in a text of lines, and what YAML is told by their indentation. */
export class LineCursor {
  protected at = 0;
  protected lineStart = 0;
  /** Column of what is read next, from 0; -1 at the end of the text. */
  protected indent = 0;
  private line = 1;

  constructor(
    protected readonly text: string,
    private readonly file: string,
  ) {}

  protected isItem(): boolean {
    return this.text[this.at] === "-" && this.text[this.at + 1] === " ";
  }

  /** @param pattern sticky */
  protected take(pattern: RegExp): string {
    const start = this.at;
    pattern.lastIndex = start;
    if (!pattern.test(this.text)) throw new NotPlain();
    this.at = pattern.lastIndex;
    return this.text.slice(start, this.at);
  }

  protected spaces(): void {
    while (this.text.charCodeAt(this.at) === SPACE) this.at += 1;
  }

  /** Whether nothing but spaces and a comment is left on the line. */
  protected isLineEnd(): boolean {
    this.spaces();
    const next = this.text[this.at];
    return next === undefined || next === "\n" || (next === "#" && this.text[this.at - 1] === " ");
  }

  protected endLine(): void {
    const end = this.text.indexOf("\n", this.at);
    if (end < 0) this.at = this.text.length;
    else this.startLine(end + 1);
    this.toContent();
  }

  protected startLine(at: number): void {
    this.at = at;
    this.lineStart = at;
    this.line += 1;
  }

  /** Goes on to the next thing that is neither a space nor a comment. */
  protected toContent(): void {
    for (;;) {
      this.spaces();
      if (this.at >= this.text.length) break;
      if (this.text[this.at] === "\n") this.startLine(this.at + 1);
      else if (this.text[this.at] === "#") this.at = endOr(this.text.indexOf("\n", this.at), this.text.length);
      else break;
    }
    this.indent = this.at >= this.text.length ? -1 : this.at - this.lineStart;
  }

  protected place(): Place {
    return { file: this.file, line: this.line, column: this.at - this.lineStart + 1 };
  }
}

function endOr(index: number, end: number): number {
  return index < 0 ? end : index;
}
