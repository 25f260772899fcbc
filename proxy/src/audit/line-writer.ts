import { afterThisTurn } from "../turn";

/** Something that takes text, such as `process.stdout`. */
export interface TextSink {
  write(text: string): unknown;
}

/** Lines that may wait for one write, in characters. */
const FLUSH_AT = 16_384;

/** Writes lines in bundles: one system call for all requests of one turn of the event loop. */
export class LineWriter {
  private waiting = "";
  private scheduled = false;

  constructor(private readonly sink: TextSink) {}

  add(line: string): void {
    this.waiting += line;
    if (this.waiting.length >= FLUSH_AT) this.flush();
    else if (!this.scheduled) {
      this.scheduled = true;
      afterThisTurn(() => this.flush());
    }
  }

  /** Writes what waits. To be called before the process ends. */
  flush(): void {
    this.scheduled = false;
    if (this.waiting === "") return;
    const text = this.waiting;
    this.waiting = "";
    this.sink.write(text);
  }
}
