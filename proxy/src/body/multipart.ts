import { FormRules, insertedFields, LONGEST_READ } from "./form-rules";
import type { RewriterOptions, RewrittenPiece } from "./json-rewriter";
import { readPartHead } from "./part-head";
import { BodyProblem, type BodyRefusal, judged } from "./problem";
import { ruleTree } from "./rule-tree";
import type { MemberRules, MemberValue } from "./rules";

/** Bytes of the head of a part; python-multipart 0.0.34, which LiteLLM 1.108.10 reads forms with, takes 4,224. */
const LONGEST_HEAD = 4096;
/** Parts of one form. Starlette takes 1,000 fields and 1,000 files. */
const MOST_PARTS = 1000;

const NOTHING: Buffer = Buffer.alloc(0);
const CRLF = Buffer.from("\r\n");

/** Reads from a position, returns where the next step begins; -1 when more bytes are needed. */
type Step = (position: number) => number;

/**
 * Removes and adds fields of a `multipart/form-data` body while it comes. Parts that stay go out as they came.
 *
 * Only the plainest form of RFC 2046 is accepted: nothing before the first boundary, CRLF everywhere, and the boundary nowhere
 * but in its place. What else is allowed is read in different ways, and a part that only the gateway sees is what an attacker
 * wants. With a known length, what goes out is exactly `growth` bytes longer: empty lines behind the last boundary make up for
 * removed parts. RFC 2046 allows that and python-multipart ignores it, but undici refuses a form where one space is needed too, so
 * leave the length out where the body is in memory anyway.
 */
export class MultipartRewriter {
  /** Bytes by which the body grows. */
  readonly growth: number;
  /** Values that are read stay where they came until their end. */
  readonly forgets = false;
  private readonly boundary: Buffer;
  private readonly added: Buffer;
  private readonly rules: FormRules;
  private step: Step = this.first;
  private work = NOTHING;
  private out: Buffer[] = [];
  /** Bytes of the current part that wait for its end, because its value is read. */
  private waiting: Buffer[] | undefined;
  private waitingBytes = 0;
  private field = "";
  private keeps = false;
  private dataFrom = 0;
  private parts = 0;
  private received = 0;
  private sent = 0;
  private refusal: BodyRefusal | undefined;

  constructor(
    boundary: string,
    rules: MemberRules,
    private readonly options: RewriterOptions = {},
  ) {
    this.boundary = Buffer.from(`--${boundary}`, "latin1");
    this.rules = new FormRules(ruleTree(rules));
    const fields = insertedFields(options.insertions ?? []);
    this.added = Buffer.from(fields.map(([name, value]) => part(boundary, name, value)).join(""));
    this.growth = this.added.length;
    if (fields.some(([, value]) => value.includes(boundary)))
      this.refusal = { ok: false, code: "bad_form", message: "the boundary of the form is part of a value: choose another one" };
  }

  /** What the rules wanted to read, as far as it has come. No byte of such a value is given out before it is here. */
  get values(): ReadonlyMap<string, MemberValue> {
    return this.rules.values;
  }

  /** Takes a piece of the body and gives out what may be forwarded. */
  feed(chunk: Buffer): RewrittenPiece | BodyRefusal {
    return this.unlessRefused(() => this.rewrite(chunk));
  }

  /** The body is complete. */
  end(): RewrittenPiece | BodyRefusal {
    return this.unlessRefused(() => this.finish());
  }

  private unlessRefused(read: () => void): RewrittenPiece | BodyRefusal {
    if (this.refusal) return this.refusal;
    const result = judged((): RewrittenPiece => {
      read();
      return { ok: true, chunks: this.takeOut() };
    });
    if (!result.ok) this.refusal = result;
    return result;
  }

  private takeOut(): Buffer[] {
    const { out } = this;
    this.out = [];
    for (const piece of out) this.sent += piece.length;
    return out;
  }

  private rewrite(chunk: Buffer): void {
    this.received += chunk.length;
    this.work = this.work.length === 0 ? chunk : Buffer.concat([this.work, chunk]);
    let position = 0;
    for (let next = 0; next >= 0; ) {
      next = this.step(position);
      if (next >= 0) position = next;
    }
    this.keepRest(position);
  }

  /** Gives out what cannot be the beginning of a boundary, and keeps the rest for the next chunk. */
  private keepRest(position: number): void {
    const from = this.step === this.data ? this.passOn(position) : position;
    if (this.work.length - from > LONGEST_HEAD + this.boundary.length) throw malformed("the head of a part is too long");
    this.dataFrom -= from;
    this.work = Buffer.from(this.work.subarray(from));
  }

  private passOn(position: number): number {
    const until = Math.max(position, this.work.length - this.boundary.length - CRLF.length - 1);
    this.give(this.work.subarray(position, until));
    return until;
  }

  /** Bytes of the current part. */
  private give(bytes: Buffer): void {
    if (bytes.length === 0) return;
    if (this.waiting) {
      this.waiting.push(bytes);
      this.waitingBytes += bytes.length;
      if (this.waitingBytes > LONGEST_READ) throw new BodyProblem("too_long", `the field ${this.field} is too long`);
    } else if (this.keeps) this.out.push(bytes);
  }

  private first(position: number): number {
    if (this.work.length < this.boundary.length + CRLF.length) return -1;
    if (!this.work.subarray(0, this.boundary.length).equals(this.boundary))
      throw malformed("it does not begin with its boundary");
    return this.afterBoundary(position + this.boundary.length);
  }

  private afterBoundary(position: number): number {
    const ending = this.work.toString("latin1", position, position + CRLF.length);
    if (ending !== "\r\n" && ending !== "--") throw malformed("something stands behind a boundary");
    this.step = ending === "--" ? this.epilogue : this.head;
    return position + CRLF.length;
  }

  private head(position: number): number {
    if (this.work[position] === 0x0d) throw malformed("a part has no head");
    const end = this.work.indexOf("\r\n\r\n", position);
    if (end < 0 || end - position > LONGEST_HEAD) {
      if (end >= 0 || this.work.length - position > LONGEST_HEAD) throw malformed("the head of a part is too long");
      return -1;
    }
    this.parts += 1;
    if (this.parts > MOST_PARTS) throw malformed("it has too many parts");
    const { name, isFile } = readPartHead(this.work.toString("utf8", position, end));
    const verdict = this.rules.judge(name, isFile);
    this.field = name;
    this.keeps = verdict !== "remove";
    this.out.push(...(this.keeps ? [this.boundary, CRLF] : []));
    this.dataFrom = end + 4;
    this.give(this.work.subarray(position, this.dataFrom));
    this.waiting = verdict === "read" ? [] : undefined;
    this.waitingBytes = 0;
    this.step = this.data;
    return this.dataFrom;
  }

  private data(position: number): number {
    const at = this.work.indexOf(this.boundary, position);
    if (at < 0 || at + this.boundary.length + CRLF.length > this.work.length) return -1;
    const before = at - CRLF.length;
    if (before < this.dataFrom || this.work[before] !== 0x0d || this.work[before + 1] !== 0x0a)
      throw malformed("its boundary stands in the middle of a part");
    this.give(this.work.subarray(position, at));
    this.endPart();
    return this.afterBoundary(at + this.boundary.length);
  }

  private endPart(): void {
    const { waiting } = this;
    this.waiting = undefined;
    if (!waiting) return;
    const bytes = Buffer.concat(waiting);
    this.rules.read(this.field, bytes.toString("utf8", 0, bytes.length - CRLF.length));
    this.out.push(bytes);
  }

  private epilogue(position: number): number {
    for (let i = position; i < this.work.length; i++) {
      const byte = this.work[i];
      if (byte !== 0x0d && byte !== 0x0a && byte !== 0x20 && byte !== 0x09)
        throw new BodyProblem("trailing_data", "something stands behind the last boundary of the form");
    }
    return position < this.work.length ? this.work.length : -1;
  }

  private finish(): void {
    if (this.step !== this.epilogue) throw new BodyProblem("truncated_form", "the form ends before its last boundary");
    const { length } = this.options;
    if (length !== undefined && length !== this.received)
      throw new BodyProblem("length_mismatch", "the body is not as long as announced");
    this.out.push(this.added, this.boundary, Buffer.from("--"));
    const written = this.sent + this.added.length + this.boundary.length + 2;
    const spare = length === undefined ? CRLF.length : length + this.growth - written;
    this.out.push(padding(spare));
    this.out = this.out.filter((piece) => piece.length > 0);
  }
}

function part(boundary: string, name: string, value: string): string {
  return `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
}

/** Empty lines, which more readers accept behind the last boundary than spaces; a space where their length does not fit. */
function padding(length: number): Buffer {
  return Buffer.from((length % 2 === 1 ? " " : "") + "\r\n".repeat(length >> 1));
}

function malformed(what: string): BodyProblem {
  return new BodyProblem("bad_form", `the form is not plain multipart/form-data: ${what}`);
}
