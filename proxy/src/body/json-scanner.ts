import { ContainerScan } from "./container-scan";
import type { PlannedInsertions } from "./insertions";
import { CLOSE, COLON, COMMA, isScalarByte, isSpace, LIST, OPEN, QUOTE } from "./json-bytes";
import { MemberEdits, type MemberStart } from "./member-edits";
import { MemberRuling, type ReadValue } from "./member-ruling";
import { scalarValue, textValue } from "./member-text";
import { BodyProblem } from "./problem";
import type { RuleNode } from "./rule-tree";
import type { MemberValue } from "./rules";
import { type StringScan, skipString } from "./string-scan";

/** Brackets that may be open at once. orjson, which LiteLLM 1.108.10 reads bodies with, stops at 1,024. */
const DEEPEST = 1000;

/** Reads from `position`, returns where the next step begins; at the latest `end`. */
type Step = (position: number, end: number) => number;

/**
 * One pass over a JSON object: finds the members that have rules, wherever the text is cut into chunks.
 *
 * Only what structure needs is read (strings, brackets, commas, colons), because the parsers behind the proxy do not agree on the
 * rest: Python's accepts `NaN`. Whatever text one of them accepts has the structure that is found here.
 */
export class JsonScanner {
  readonly edits = new MemberEdits();
  /** The position behind the root object's brace, in the bytes with which it came; -1 before. */
  end = -1;

  private step: Step = this.begin;
  private member: MemberStart = { comma: -1, name: 0 };
  private valueFrom = 0;
  private readonly string: StringScan = { escaped: false };
  private readonly container = new ContainerScan();
  private readonly ruling: MemberRuling;

  constructor(
    private readonly tree: RuleNode,
    private readonly insertions: PlannedInsertions,
  ) {
    this.ruling = new MemberRuling(this.edits, insertions);
  }

  /** Values of the members that rules want to read. */
  get values(): ReadonlyMap<string, MemberValue> {
    return this.ruling.values;
  }

  /** Whether the root object is complete. */
  get complete(): boolean {
    return this.end >= 0;
  }

  /**
   * Reads `work` from `position` on; what stands before was read already.
   *
   * @throws BodyProblem for what must not be forwarded
   */
  scan(work: Buffer, position: number): void {
    this.edits.work = work;
    let i = position;
    while (i < work.length) i = this.step(i, work.length);
    this.edits.pause();
  }

  /** The first `count` bytes at hand were forwarded. */
  shift(count: number): void {
    this.edits.shift(count, this.member);
    this.valueFrom -= count;
  }

  private begin(position: number, end: number): number {
    const i = this.skipSpace(position, end);
    if (i === end) return i;
    if (this.byte(i) !== OPEN) throw new BodyProblem("not_an_object", "the body is not a JSON object in UTF-8");
    this.edits.open(this.tree, { comma: -1, name: i }, this.insertions.root);
    this.step = this.firstName;
    return i + 1;
  }

  private firstName(position: number, end: number): number {
    const i = this.skipSpace(position, end);
    if (i === end) return i;
    if (this.byte(i) === CLOSE) return this.closeLevel(i);
    this.member = { comma: -1, name: i };
    return this.openName(i);
  }

  private nextName(position: number, end: number): number {
    const i = this.skipSpace(position, end);
    if (i === end) return i;
    this.member.name = i;
    return this.openName(i);
  }

  private openName(i: number): number {
    if (this.byte(i) !== QUOTE) throw malformed("a member name is missing");
    this.edits.wait(i);
    this.step = this.name;
    return i + 1;
  }

  private name(position: number, end: number): number {
    const i = skipString(this.edits.work, position, end, this.string);
    if (i < 0) return end;
    this.ruling.name(this.member, i);
    this.step = this.colon;
    return i;
  }

  private colon(position: number, end: number): number {
    const i = this.skipSpace(position, end);
    if (i === end) return i;
    if (this.byte(i) !== COLON) throw malformed("a colon is missing");
    this.step = this.value;
    return i + 1;
  }

  private value(position: number, end: number): number {
    const i = this.skipSpace(position, end);
    if (i === end) return i;
    const first = this.byte(i);
    this.valueFrom = i;
    if (this.ruling.value(this.member, first)) {
      this.step = this.firstName;
      return i + 1;
    }
    if (first === QUOTE) {
      this.step = this.text;
      return i + 1;
    }
    if (first === OPEN || first === LIST) {
      this.container.begin();
      this.step = this.nested;
      return i;
    }
    this.step = this.scalar;
    return i;
  }

  private text(position: number, end: number): number {
    const i = skipString(this.edits.work, position, end, this.string);
    if (i < 0) return end;
    this.finish(i, textValue);
    return i;
  }

  private nested(position: number, end: number): number {
    const i = this.container.skip(this.edits.work, position, end, DEEPEST - this.edits.depth);
    if (i < 0) return end;
    this.finish(i);
    return i;
  }

  private scalar(position: number, end: number): number {
    let i = position;
    while (i < end && isScalarByte(this.byte(i))) i += 1;
    if (i === end) return i;
    if (i === this.valueFrom) throw malformed("a value is missing");
    this.finish(i, scalarValue);
    return i;
  }

  /** The value ends before `position`. */
  private finish(position: number, read?: ReadValue): void {
    this.ruling.end(this.member, this.valueFrom, position, read);
    this.step = this.after;
  }

  private after(position: number, end: number): number {
    const i = this.skipSpace(position, end);
    if (i === end) return i;
    const byte = this.byte(i);
    if (byte === CLOSE) return this.closeLevel(i);
    if (byte !== COMMA) throw malformed("a comma or a closing brace is missing");
    this.member = { comma: i, name: i };
    this.edits.wait(i);
    this.step = this.nextName;
    return i + 1;
  }

  private closeLevel(brace: number): number {
    const level = this.edits.close(brace);
    this.step = this.after;
    if (level && this.edits.depth === 0) {
      this.ruling.appendMissing(level, brace);
      this.end = brace + 1;
      this.step = this.trailing;
    }
    return brace + 1;
  }

  private trailing(position: number, end: number): number {
    const i = this.skipSpace(position, end);
    if (i < end) throw new BodyProblem("trailing_data", "something stands behind the JSON object");
    return i;
  }

  private skipSpace(position: number, end: number): number {
    let i = position;
    while (i < end && isSpace(this.byte(i))) i += 1;
    return i;
  }

  private byte(i: number): number {
    return this.edits.work[i] ?? 0;
  }
}

function malformed(what: string): BodyProblem {
  return new BodyProblem("bad_json", `the body is not valid JSON: ${what}`);
}
