import { type PlannedInsertions, planInsertions } from "./insertions";
import { JsonScanner } from "./json-scanner";
import { BodyProblem, type BodyRefusal, judged } from "./problem";
import { ruleTree } from "./rule-tree";
import type { Insertion, MemberRules, MemberValue } from "./rules";
import { spliced } from "./spliced";
import { Utf8Check } from "./utf8-check";

/** What is known before a body comes. */
export interface RewriterOptions {
  /** @default none */
  readonly insertions?: readonly Insertion[];
  /** Bytes of the body that comes. @default unknown: the length of what goes out is not fixed either */
  readonly length?: number;
}

/** A piece of a body that may be forwarded. */
export interface RewrittenPiece {
  readonly ok: true;
  readonly chunks: readonly Buffer[];
}

/** Bytes that may wait for a decision: a name with what stands around it, a value that is read, the beginning of `metadata`. */
const LONGEST_WAIT = 16_384;

const NOTHING: Buffer = Buffer.alloc(0);
const CLOSING_BRACE = Buffer.from("}");

/**
 * Does what {@link rewriteJson} does while the body comes, in memory that does not grow with it.
 *
 * The last brace is held back until {@link end}, so that a body which turns out to be wrong at its end is never complete at the
 * gateway. With a known length, what goes out is exactly `growth` bytes longer; what was announced for insertions and not
 * needed becomes spaces.
 */
export class JsonRewriter {
  /** Bytes by which the body grows. */
  readonly growth: number;
  /** What waits for a decision is copied: a chunk that was read is not looked at again. */
  readonly forgets = true;
  private readonly scanner: JsonScanner;
  private readonly utf8 = new Utf8Check();
  private readonly planned: PlannedInsertions;
  private held = NOTHING;
  private received = 0;
  private inserted = 0;
  private refusal: BodyRefusal | undefined;

  constructor(
    rules: MemberRules,
    private readonly options: RewriterOptions = {},
  ) {
    const tree = ruleTree(rules);
    this.planned = planInsertions(options.insertions ?? [], tree);
    this.growth = this.planned.growth;
    this.scanner = new JsonScanner(tree, this.planned);
  }

  /** What the rules wanted to read, as far as it has come. No byte of such a value is given out before it is here. */
  get values(): ReadonlyMap<string, MemberValue> {
    return this.scanner.values;
  }

  /** Takes a piece of the body, which is changed in place, and gives out what may be forwarded. */
  feed(chunk: Buffer): RewrittenPiece | BodyRefusal {
    return this.unlessRefused(() => ({ ok: true, chunks: this.rewrite(chunk) }));
  }

  /** The body is complete. */
  end(): RewrittenPiece | BodyRefusal {
    return this.unlessRefused(() => ({ ok: true, chunks: this.finish() }));
  }

  private unlessRefused(read: () => RewrittenPiece): RewrittenPiece | BodyRefusal {
    if (this.refusal) return this.refusal;
    const result = judged(read);
    if (!result.ok) this.refusal = result;
    return result;
  }

  private rewrite(chunk: Buffer): Buffer[] {
    this.received += chunk.length;
    if (!this.utf8.accepts(chunk)) throw new BodyProblem("bad_utf8", "the body is not UTF-8");
    const work = this.held.length === 0 ? chunk : Buffer.concat([this.held, chunk]);
    const wasComplete = this.scanner.complete;
    this.scanner.scan(work, this.held.length);
    this.held = NOTHING;
    if (wasComplete) return chunk.length > 0 ? [chunk] : [];
    return this.scanner.complete ? this.giveOutLast(work) : this.giveOut(work);
  }

  private giveOut(work: Buffer): Buffer[] {
    const { undecided } = this.scanner.edits;
    const end = undecided < 0 ? work.length : undecided;
    if (work.length - end > LONGEST_WAIT) throw new BodyProblem("too_long", "a member name, the model or metadata is too long");
    const chunks = this.take(work, end);
    this.held = Buffer.from(work.subarray(end));
    this.scanner.shift(end);
    return chunks;
  }

  /** All but the closing brace. White space behind it goes out before it. */
  private giveOutLast(work: Buffer): Buffer[] {
    const { end } = this.scanner;
    const chunks = this.take(work, end - 1);
    return end < work.length ? [...chunks, work.subarray(end)] : chunks;
  }

  private take(work: Buffer, end: number): Buffer[] {
    const texts = this.scanner.edits.takeInserted();
    for (const { text } of texts) this.inserted += Buffer.byteLength(text);
    return spliced(work, end, texts);
  }

  private finish(): Buffer[] {
    const { length } = this.options;
    if (!this.scanner.complete || !this.utf8.complete)
      throw new BodyProblem("truncated_json", "the body ends in the middle of a JSON object");
    if (length !== undefined && length !== this.received)
      throw new BodyProblem("length_mismatch", "the body is not as long as announced");
    const spare = length === undefined ? 0 : this.growth - this.inserted;
    return spare > 0 ? [Buffer.alloc(spare, " "), CLOSING_BRACE] : [CLOSING_BRACE];
  }
}
