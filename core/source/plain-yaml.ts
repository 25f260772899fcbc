import type { Place } from "../findings";
import { LineCursor, NotPlain } from "./line-cursor";
import type { Entry, ListNode, MapNode, ScalarNode, SourceNode } from "./node";
import { plainValue } from "./plain-scalar";

/** The deepest that is read here; what is deeper is left to the reader of YAML, which refuses it with its place. */
const DEEPEST = 50;
/** The most values that are read here; files of more are left to the reader of YAML too. */
const MOST = 400_000;
/** YAML refuses longer names on one line. */
const LONGEST_NAME = 1000;

/**
 * Reads the YAML that most files consist of into the same tree that the reader of YAML makes of it, in a tenth of the time
 * and with half of the memory: mappings and lists by indentation, and values that begin and end on one line. Undefined for
 * everything else (anchors, tags, blocks of text, escapes, values over several lines, names without a value), and for all
 * that wants a finding.
 */
export function parsePlainYaml(text: string, file: string): MapNode | undefined {
  if (OTHER_CHARACTER.test(text)) return undefined;
  try {
    return new PlainReader(text, file).document();
  } catch (error) {
    if (error instanceof NotPlain) return undefined;
    throw error;
  }
}

/** Tabs, carriage returns, other control characters, and what some readers take for a space or the end of a line. */
const OTHER_CHARACTER = /[^\n\x20-\x7e\u00a1-\u167f\u3001-\ud7ff]/;

/** Where a document may be said to start. */
const START = /---(?= *(?:\n|$))/y;
/** Names; a colon in them is not followed by a space. */
const NAME = /\w(?:[\w./@+ -]+|:(?=[\w/]))*/y;
const QUOTED = /"[^"\\\n]*"|'[^'\n]*'/y;
/** Text without quotes: ends before a colon with a space, or a space with a hash. */
const IN_BLOCK = /(?:[^\s\-?:,[\]{}#&*!|>'"%@`]|-(?=\w))(?:[^\n:#]+|:(?=\S)|(?<=\S)#)*/y;
/** The same between brackets, where it ends before these too. */
const IN_FLOW = /(?:[^\s\-?:,[\]{}#&*!|>'"%@`]|-(?=\w))(?:[^\n:#,[\]{}]+|:(?=[^\s,[\]{}])|(?<=\S)#)*/y;

class PlainReader extends LineCursor {
  private values = 0;

  document(): MapNode {
    this.toContent();
    START.lastIndex = this.at;
    if (this.indent === 0 && START.test(this.text)) this.endLine();
    if (this.indent !== 0) throw new NotPlain();
    const root = this.map(0, 0);
    if (this.at < this.text.length) throw new NotPlain();
    return root;
  }

  /** A mapping whose names stand in column `indent`. */
  private map(indent: number, depth: number): MapNode {
    const place = this.place();
    const entries = new Map<string, Entry>();
    do {
      const { name, place, isPlain } = this.name(entries);
      entries.set(name, entryOf(place, this.valueOfName(indent, depth + 1), isPlain));
    } while (this.continues(indent));
    return { kind: "map", place, entries };
  }

  private list(indent: number, depth: number): ListNode {
    const place = this.place();
    const items: SourceNode[] = [];
    do {
      this.at += 1;
      this.spaces();
      items.push(this.item(depth + 1));
    } while (this.continues(indent) && this.isItem());
    return { kind: "list", place, items };
  }

  /** What stands after a hyphen: a value, or a mapping whose first name stands on the same line. */
  private item(depth: number): SourceNode {
    const start = this.at;
    if (this.isNamed()) {
      this.count(depth);
      return this.map(start - this.lineStart, depth);
    }
    return this.valueOnLine(depth);
  }

  private valueOfName(indent: number, depth: number): SourceNode {
    if (!this.isLineEnd()) return this.valueOnLine(depth);
    this.endLine();
    const isInner = this.indent > indent;
    if (!isInner && !(this.indent === indent && this.isItem())) throw new NotPlain();
    this.count(depth);
    return this.isItem() ? this.list(this.indent, depth) : this.map(this.indent, depth);
  }

  private valueOnLine(depth: number): SourceNode {
    const node = this.value(IN_BLOCK, depth);
    if (!this.isLineEnd()) throw new NotPlain();
    this.endLine();
    return node;
  }

  private value(plain: RegExp, depth: number): SourceNode {
    this.count(depth);
    const place = this.place();
    const first = this.text[this.at];
    if (first === "{") return { kind: "map", place, entries: this.flowMap(depth) };
    if (first === "[") return { kind: "list", place, items: this.flowList(depth) };
    if (first === '"' || first === "'") return scalar(place, this.take(QUOTED).slice(1, -1));
    return plainScalar(place, this.take(plain).trimEnd());
  }

  private flowMap(depth: number): Map<string, Entry> {
    const entries = new Map<string, Entry>();
    this.items("}", () => {
      const { name, place, isPlain } = this.name(entries);
      entries.set(name, entryOf(place, this.value(IN_FLOW, depth + 1), isPlain));
    });
    return entries;
  }

  private flowList(depth: number): SourceNode[] {
    const items: SourceNode[] = [];
    this.items("]", () => items.push(this.value(IN_FLOW, depth + 1)));
    return items;
  }

  /** From an opening bracket to the closing one. */
  private items(end: "}" | "]", item: () => void): void {
    this.at += 1;
    this.spaces();
    if (this.text[this.at] !== end) {
      for (;;) {
        item();
        this.spaces();
        if (this.text[this.at] === end) break;
        if (this.text[this.at] !== ",") throw new NotPlain();
        this.at += 1;
        this.spaces();
      }
    }
    this.at += 1;
  }

  /** A name with its colon, and the spaces behind it. */
  private name(known: ReadonlyMap<string, unknown>): { name: string; place: Place; isPlain: boolean } {
    const place = this.place();
    const first = this.text[this.at];
    const isPlain = first !== '"' && first !== "'";
    const written = this.take(isPlain ? NAME : QUOTED);
    const name = isPlain ? written : written.slice(1, -1);
    const after = this.text[this.at + 1];
    const isName = this.text[this.at] === ":" && (after === " " || after === "\n" || after === undefined) && !name.endsWith(" ");
    // What is there twice gets a finding, and __proto__ is refused.
    if (!isName || known.has(name) || name === "__proto__" || name === "<<" || name.length > LONGEST_NAME) throw new NotPlain();
    this.at += 1;
    this.spaces();
    return { name, place, isPlain };
  }

  /** Whether a name and its colon stand here. */
  private isNamed(): boolean {
    const first = this.text[this.at];
    const pattern = first === '"' || first === "'" ? QUOTED : NAME;
    pattern.lastIndex = this.at;
    const end = pattern.test(this.text) ? pattern.lastIndex : this.at;
    return this.text[end] === ":" && (this.text[end + 1] === " " || this.text[end + 1] === "\n");
  }

  /** Whether the next line belongs to the mapping or list in column `indent`, or to one around it. */
  private continues(indent: number): boolean {
    if (this.indent > indent) throw new NotPlain();
    return this.indent === indent;
  }

  private count(depth: number): void {
    this.values += 1;
    if (depth > DEEPEST || this.values > MOST) throw new NotPlain();
  }
}

function entryOf(place: Place, node: SourceNode, isPlain: boolean): Entry {
  return isPlain ? { place, node, plainName: true } : { place, node };
}

function scalar(place: Place, text: string): ScalarNode {
  return { kind: "scalar", place, value: text, text, plain: false };
}

function plainScalar(place: Place, text: string): ScalarNode {
  const read = plainValue(text);
  if (!read) throw new NotPlain();
  return { kind: "scalar", place, value: read.value, text, plain: true };
}
