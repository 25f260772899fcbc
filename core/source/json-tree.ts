import { LineCursor, NotPlain } from "./line-cursor";
import type { Entry, MapNode, ScalarNode, SourceNode } from "./node";
import { isExact } from "./plain-scalar";

/** The deepest that is read here; what is deeper is left to the reader of YAML, which refuses it with its place. */
const DEEPEST = 50;
/** The most values that are read here; files of more are left to the reader of YAML too. */
const MOST = 400_000;

/**
 * Reads JSON into the same tree that the reader of YAML makes of it, in a small part of the time and memory: programs write
 * files of ten thousand keys as JSON. Undefined for everything that is not plain JSON or wants a finding.
 */
export function parseJson(text: string, file: string): MapNode | undefined {
  if (!/^\s*\{/.test(text) || text.startsWith("\uFEFF")) return undefined;
  try {
    return new JsonReader(text, file).document();
  } catch (error) {
    if (error instanceof NotPlain) return undefined;
    throw error;
  }
}

class JsonReader extends LineCursor {
  private values = 0;

  document(): MapNode {
    this.space();
    const root = this.map(0);
    this.space();
    if (this.at < this.text.length) throw new NotPlain();
    return root;
  }

  private value(depth: number): SourceNode {
    this.values += 1;
    if (depth > DEEPEST || this.values > MOST) throw new NotPlain();
    const first = this.text[this.at];
    if (first === "{") return this.map(depth);
    if (first === "[") return this.list(depth);
    return first === '"' ? this.quoted() : this.plain();
  }

  private map(depth: number): MapNode {
    const place = this.place();
    const entries = new Map<string, Entry>();
    this.items("}", () => {
      const { place: named, text: name } = this.quoted();
      // What is there twice gets a finding, and __proto__ is refused.
      if (entries.has(name) || name === "__proto__" || name === "<<") throw new NotPlain();
      this.space();
      this.expect(":");
      this.space();
      entries.set(name, { place: named, node: this.value(depth + 1) });
    });
    return { kind: "map", place, entries };
  }

  private list(depth: number): SourceNode {
    const place = this.place();
    const items: SourceNode[] = [];
    this.items("]", () => items.push(this.value(depth + 1)));
    return { kind: "list", place, items };
  }

  /** From an opening bracket to the closing one. */
  private items(end: "}" | "]", item: () => void): void {
    this.at += 1;
    this.space();
    if (this.text[this.at] === end) {
      this.at += 1;
      return;
    }
    for (;;) {
      item();
      this.space();
      if (this.text[this.at] === end) break;
      this.expect(",");
      this.space();
    }
    this.at += 1;
  }

  private quoted(): ScalarNode & { readonly value: string } {
    const place = this.place();
    const written = this.take(STRING);
    const value = written.includes("\\") ? unescaped(written) : written.slice(1, -1);
    return { kind: "scalar", place, value, text: value, plain: false };
  }

  private plain(): ScalarNode {
    const place = this.place();
    const text = this.take(PLAIN);
    const value = JSON.parse(text) as number | boolean | null;
    if (typeof value === "number" && !isExact(value)) throw new NotPlain();
    return { kind: "scalar", place, value, text, plain: true };
  }

  private expect(character: ":" | ","): void {
    if (this.text[this.at] !== character) throw new NotPlain();
    this.at += 1;
  }

  private space(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code === NEW_LINE) this.startLine(this.at + 1);
      else if (code === SPACE || code === RETURN) this.at += 1;
      else return;
    }
  }
}

const [NEW_LINE, RETURN, SPACE] = [10, 13, 32];
/** Text without control characters; tabs between values are left to the reader of YAML, which knows when they are wrong. */
const STRING = /"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;
const PLAIN = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y;

function unescaped(written: string): string {
  return JSON.parse(written) as string;
}
