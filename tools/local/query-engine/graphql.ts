/**
 * The subset of GraphQL that prisma-client-py 0.15.0 prints (`prisma/_builder.py`): one operation without variables,
 * fragments and directives. Texts and numbers are kept as they are written, so that nothing loses precision.
 */

/** A value: `json` is already JSON, `text` a string with its quotes, `enum` a bare word. */
export type GraphqlValue =
  | { readonly kind: "json" | "text" | "enum"; readonly source: string }
  | { readonly kind: "list"; readonly items: readonly GraphqlValue[] }
  | { readonly kind: "object"; readonly entries: readonly GraphqlEntry[] };

/** A named value, of an object or as an argument. */
export type GraphqlEntry = readonly [name: string, value: GraphqlValue];

/** A selected field with its arguments, and the fields selected within it. */
export interface GraphqlField {
  readonly name: string;
  /** The name that the answer goes by; the field's own where none is given. */
  readonly alias: string;
  readonly arguments: readonly GraphqlEntry[];
  readonly selection: readonly GraphqlField[];
}

/**
 * Reads an operation and returns its only field.
 * @throws Error that says at which character what was expected
 */
export function parseOperation(source: string): GraphqlField {
  const reader = new Reader(source);
  reader.expect(/query|mutation/y, "query or mutation");
  const [field, ...others] = readSelection(reader);
  if (field === undefined || others.length > 0) throw new Error("expected an operation with one field");
  reader.end();
  return field;
}

/** White space and commas mean nothing in GraphQL. */
const BLANK = /[\s,]*/y;
const NAME = /[_A-Za-z][_0-9A-Za-z]*/y;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const LITERALS = ["true", "false", "null"];

class Reader {
  private position = 0;

  constructor(private readonly source: string) {}

  /** What `pattern` (sticky) matches here, after blanks; undefined where it does not match. */
  take(pattern: RegExp): string | undefined {
    this.skip(BLANK);
    return this.skip(pattern);
  }

  expect(pattern: RegExp, what: string): string {
    const found = this.take(pattern);
    if (found === undefined) throw new Error(`expected ${what} at character ${this.position}`);
    return found;
  }

  /** A string with its quotes. Read step by step: on one of megabytes, a pattern with a choice runs out of memory. */
  takeText(): string | undefined {
    this.skip(BLANK);
    if (this.source[this.position] !== '"') return undefined;
    const start = this.position;
    for (let at = start + 1; at < this.source.length; at += this.source[at] === "\\" ? 2 : 1) {
      if (this.source[at] !== '"') continue;
      this.position = at + 1;
      return this.source.slice(start, this.position);
    }
    throw new Error(`expected the end of the string that starts at character ${start}`);
  }

  end(): void {
    this.skip(BLANK);
    if (this.position < this.source.length) throw new Error(`expected the end at character ${this.position}`);
  }

  private skip(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.source)?.[0];
    this.position += found?.length ?? 0;
    return found;
  }
}

/** Reads until the closing character, which may follow at once. */
function readUntil<T>(reader: Reader, close: RegExp, read: () => T): T[] {
  const found: T[] = [];
  while (reader.take(close) === undefined) found.push(read());
  return found;
}

function readSelection(reader: Reader): GraphqlField[] {
  reader.expect(/\{/y, "{");
  return readUntil(reader, /\}/y, () => readField(reader));
}

function readField(reader: Reader): GraphqlField {
  const first = reader.expect(NAME, "a field");
  const name = reader.take(/:/y) === undefined ? first : reader.expect(NAME, "a field");
  const hasArguments = reader.take(/\(/y) !== undefined;
  const entries = hasArguments ? readUntil(reader, /\)/y, () => readEntry(reader)) : [];
  const hasSelection = reader.take(/(?=\{)/y) !== undefined;
  return { name, alias: first, arguments: entries, selection: hasSelection ? readSelection(reader) : [] };
}

function readEntry(reader: Reader): GraphqlEntry {
  const name = reader.expect(NAME, "a name");
  reader.expect(/:/y, ":");
  return [name, readValue(reader)];
}

function readValue(reader: Reader): GraphqlValue {
  if (reader.take(/\{/y)) return { kind: "object", entries: readUntil(reader, /\}/y, () => readEntry(reader)) };
  if (reader.take(/\[/y)) return { kind: "list", items: readUntil(reader, /\]/y, () => readValue(reader)) };
  const text = reader.takeText();
  if (text !== undefined) return { kind: "text", source: text };
  const number = reader.take(NUMBER);
  if (number !== undefined) return { kind: "json", source: number };
  const word = reader.expect(NAME, "a value");
  return { kind: LITERALS.includes(word) ? "json" : "enum", source: word };
}
