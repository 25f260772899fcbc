import type { Place } from "../../findings";
import { HclError, Scanner } from "./scanner";
import type { HclAttribute, HclEntry, HclItem, HclValue } from "./value";

const NAME = /[A-Za-z_][\w-]*/;
/** Deeper than any configuration, and far from the end of the stack. */
const MAX_DEPTH = 100;

/**
 * The attributes of a Terraform file, of whatever block they stand in. Values that only Terraform can compute are there,
 * as unreadable.
 *
 * @throws HclError where the text is no HCL
 */
export function parseHcl(text: string, file: string): HclAttribute[] {
  const scanner = new Scanner(text, file);
  const attributes = body(scanner, [], 0);
  if (!scanner.done) scanner.fail("a bracket is closed that was not opened");
  return attributes;
}

export { HclError };

function body(scanner: Scanner, path: readonly string[], depth: number): HclAttribute[] {
  if (depth > MAX_DEPTH) scanner.fail("blocks are nested too deep");
  const attributes: HclAttribute[] = [];
  for (;;) {
    scanner.skip();
    if (scanner.done || scanner.peek() === "}") return attributes;
    const place = scanner.place();
    const name = scanner.take(NAME) ?? scanner.fail("a name is expected here");
    scanner.skip(false);
    if (scanner.peek() === "=" && scanner.peek(2) !== "==") {
      scanner.take(/=/);
      scanner.takeComments();
      attributes.push({ path: [...path, name], place, value: expression(scanner, depth, false) });
    } else {
      const labels = blockLabels(scanner);
      attributes.push(...body(scanner, [...path, name, ...labels], depth + 1));
      if (scanner.take(/\}/) === undefined) scanner.fail("a block is not closed");
    }
  }
}

function blockLabels(scanner: Scanner): string[] {
  const labels: string[] = [];
  for (;;) {
    scanner.skip(false);
    if (scanner.take(/\{/) !== undefined) return labels;
    const label = scanner.take(/"[^"\n]*"/)?.slice(1, -1) ?? scanner.take(NAME);
    labels.push(label ?? scanner.fail("a block or an equals sign is expected here"));
  }
}

/** One expression. What goes on behind it (`a + b`, `x ? y : z`, `x.y`) makes all of it unreadable. */
function expression(scanner: Scanner, depth: number, inBrackets: boolean): HclValue {
  if (depth > MAX_DEPTH) scanner.fail("values are nested too deep");
  scanner.skip(inBrackets);
  const place = scanner.place();
  const value = operand(scanner, depth) ?? { kind: "unreadable" as const, place, what: "an expression" };
  scanner.skip(false);
  const goesOn = !scanner.done && !/[\n,}\])]/.test(scanner.peek());
  if (!goesOn) return value;
  skipExpression(scanner, depth);
  return { kind: "unreadable", place, what: value.kind === "unreadable" ? value.what : "an expression" };
}

function operand(scanner: Scanner, depth: number): HclValue | undefined {
  const place = scanner.place();
  switch (scanner.peek()) {
    case "{":
      return object(scanner, depth);
    case "[":
      return list(scanner, depth);
    case '"':
      return quoted(scanner, depth);
    case "<":
      return heredoc(scanner);
  }
  const number = scanner.take(/-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/);
  if (number !== undefined) return numeral(Number(number), place);
  const name = scanner.take(NAME);
  if (name === undefined) return undefined;
  if (name === "true" || name === "false") return { kind: "literal", place, value: name === "true" };
  if (name === "null") return { kind: "literal", place, value: null };
  if (scanner.peek() !== "(")
    return { kind: "unreadable", place, what: name === "for" ? "a for expression" : `a reference to ${name}` };
  return call(scanner, name, depth);
}

/** Terraform's numbers have more digits than ours. */
function numeral(value: number, place: Place): HclValue {
  if (Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value)))
    return { kind: "literal", place, value };
  return { kind: "unreadable", place, what: "a number that cannot be kept exactly" };
}

function call(scanner: Scanner, name: string, depth: number): HclValue {
  const place = scanner.place();
  scanner.take(/\(/);
  const argument = expression(scanner, depth + 1, true);
  scanner.skip();
  if (scanner.take(/\)/) !== undefined) return { kind: "call", place, name, argument };
  skipTo(scanner, ")", depth);
  return { kind: "unreadable", place, what: `a call of ${name}` };
}

function object(scanner: Scanner, depth: number): HclValue {
  const place = scanner.place();
  scanner.take(/\{/);
  const entries: HclEntry[] = [];
  scanner.takeComments();
  for (;;) {
    scanner.skip();
    const comments = scanner.takeComments();
    if (scanner.take(/\}/) !== undefined) return { kind: "object", place, entries };
    const at = scanner.place();
    const quotedName = scanner.peek() === '"' ? quoted(scanner, depth) : undefined;
    const name = quotedName ? (quotedName.kind === "literal" ? String(quotedName.value) : undefined) : scanner.take(NAME);
    scanner.skip();
    if (name === undefined || name === "for" || scanner.take(/[=:]/) === undefined) {
      skipTo(scanner, "}", depth);
      return { kind: "unreadable", place, what: "a mapping whose names are computed" };
    }
    entries.push({ name, place: at, comments: [...comments], value: expression(scanner, depth + 1, false) });
  }
}

function list(scanner: Scanner, depth: number): HclValue {
  const place = scanner.place();
  scanner.take(/\[/);
  const items: HclItem[] = [];
  scanner.takeComments();
  for (;;) {
    scanner.skip();
    const comments = scanner.takeComments();
    if (scanner.take(/\]/) !== undefined) return { kind: "list", place, items };
    if (scanner.done) scanner.fail("a list is not closed");
    if (scanner.take(/for\b/) !== undefined) {
      skipTo(scanner, "]", depth);
      return { kind: "unreadable", place, what: "a for expression" };
    }
    items.push({ comments, value: expression(scanner, depth + 1, true) });
    scanner.skip();
    if (scanner.peek() === "}" || scanner.peek() === ")") scanner.fail("a list is not closed");
  }
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\" };

function quoted(scanner: Scanner, depth: number): HclValue {
  const place = scanner.place();
  scanner.take(/"/);
  let value = "";
  let computed = false;
  for (;;) {
    value += scanner.take(/[^"\\$%\n]+/) ?? "";
    if (scanner.take(/"/) !== undefined) break;
    if (scanner.done || scanner.peek() === "\n") scanner.fail("a text is not closed");
    if (/^[$%]\{/.test(scanner.peek(2))) {
      computed = true;
      scanner.take(/../);
      skipTo(scanner, "}", depth + 1);
    } else value += special(scanner);
  }
  return computed ? { kind: "unreadable", place, what: "a text with an interpolation" } : { kind: "literal", place, value };
}

/** An escape, or a character that begins one and does not here. */
function special(scanner: Scanner): string {
  const written = scanner.take(/\\(?:u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)|\$\$\{|%%\{|./) ?? "";
  if (/^\\[uU]./.test(written)) return String.fromCodePoint(Math.min(Number.parseInt(written.slice(2), 16), 0x10ffff));
  if (written.startsWith("\\")) return ESCAPES[written.slice(1)] ?? written.slice(1);
  return written.length > 1 ? written.slice(1) : written;
}

function heredoc(scanner: Scanner): HclValue | undefined {
  const place = scanner.place();
  const head = scanner.take(/<<-?[ \t]*[A-Za-z_][\w-]*[ \t]*\r?\n/);
  if (head === undefined) return undefined;
  const mark = /[A-Za-z_][\w-]*/.exec(head)?.[0] ?? "";
  const firstLine = place.line + 1;
  const lines: string[] = [];
  for (;;) {
    if (scanner.done) scanner.fail(`the text that begins with <<${mark} does not end`);
    const line = scanner.take(/[^\n]*/) ?? "";
    // The line end stays: it ends the expression.
    if (line.trim() === mark) break;
    lines.push(line);
    scanner.take(/\n/);
  }
  const value = `${lines.join("\n")}\n`;
  if (/(?<!\$)\$\{|(?<!%)%\{/.test(value)) return { kind: "unreadable", place, what: "a text with an interpolation" };
  return { kind: "heredoc", place, value: value.replaceAll("$${", "${").replaceAll("%%{", "%{"), firstLine };
}

const CLOSING: Readonly<Record<string, string>> = { "{": "}", "[": "]", "(": ")" };

/** Passes over everything to a closing bracket, brackets and texts within left whole, and over it. */
function skipTo(scanner: Scanner, closing: string, depth: number): void {
  if (depth > MAX_DEPTH) scanner.fail("brackets are nested too deep");
  for (;;) {
    scanner.skip();
    scanner.takeComments();
    if (scanner.done) scanner.fail(`${closing} is missing`);
    if (scanner.peek() === closing) break;
    skipOne(scanner, depth);
  }
  scanner.take(/./);
}

/** Passes over the rest of an expression: to the end of the line, or to what closes the brackets around it. */
function skipExpression(scanner: Scanner, depth: number): void {
  while (!scanner.done && !/[\n,}\])]/.test(scanner.peek())) {
    skipOne(scanner, depth);
    scanner.skip(false);
  }
}

function skipOne(scanner: Scanner, depth: number): void {
  if (scanner.peek() === '"') quoted(scanner, depth);
  else if (/^<<-?[A-Za-z_]/.test(scanner.peek(4)) && heredoc(scanner)) return;
  else {
    const character = scanner.take(/./) ?? "";
    const closing = CLOSING[character];
    if (closing) skipTo(scanner, closing, depth + 1);
  }
}
