import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { BOUNDARY } from "./forms";
import type { Expectation } from "./judge";

/** What the judge in Python found. */
export interface Verdict {
  /** Bodies that it got, and how many of them each parser accepted. */
  readonly bodies: number;
  readonly orjson: number;
  readonly json: number;
  readonly has_orjson: boolean;
  readonly forms: number;
  readonly has_multipart: boolean;
  readonly wrong: readonly { readonly index: number; readonly parser: string; readonly problem: string }[];
}

/** Added to the number of an expectation when the body is a form. */
export const FORM = 128;

/** The parsers that Python gateways use, in a process of their own. */
export class PythonJudge {
  private readonly process: ChildProcessWithoutNullStreams;
  private readonly output: Buffer[] = [];

  constructor(python: string, oracle: string, expectations: readonly Expectation[]) {
    this.process = spawn(python, [oracle]);
    this.process.stdout.on("data", (bytes: Buffer) => this.output.push(bytes));
    this.process.stderr.pipe(process.stderr);
    this.process.stdin.on("error", () => undefined);
    void this.submit(0, Buffer.from(JSON.stringify({ boundary: BOUNDARY, list: expectations })));
  }

  /** Hands in a body; wait for the result before the next one. */
  async submit(expectation: number, body: Buffer): Promise<void> {
    const head = Buffer.alloc(5);
    head.writeUInt32LE(body.length, 0);
    head.writeUInt8(expectation, 4);
    if (!this.process.stdin.write(Buffer.concat([head, body]))) await once(this.process.stdin, "drain");
  }

  /** @throws Error when Python could not be run */
  async finish(): Promise<Verdict> {
    this.process.stdin.end();
    const [status] = (await once(this.process, "close")) as [number | null];
    if (status !== 0) throw new Error(`the judge in Python failed with status ${status}`);
    return JSON.parse(Buffer.concat(this.output).toString()) as Verdict;
  }
}
