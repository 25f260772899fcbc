import { readByPyYaml } from "./py-yaml";
import { compareNames } from "./render-order";

/**
 * LiteLLM's `config.yaml` of a configuration, byte by byte the same for equal values.
 *
 * - Names come in a fixed order: `model_list` first, then the other blocks; in known mappings what identifies an entry
 *   first; else by alphabet (code units). Lists keep their order.
 * - Text is quoted wherever a YAML 1.1 reader (PyYAML) or a YAML 1.2 reader would take it for something else.
 * - No anchors, no folding: a value is one line. Lines end in LF, the last one too.
 *
 * Properties that are undefined, and symbols, are left out. `-0` stays `-0`.
 *
 * @throws TypeError for what YAML cannot say: functions, symbols, big integers, numbers that are not finite.
 */
export function renderConfig(value: unknown): string {
  const lines = block(value, "");
  return `${lines.join("\n")}\n`;
}

/** A value on lines of its own. `parent` is the name of the mapping or list that it stands in. */
function block(value: unknown, parent: string): string[] {
  if (Array.isArray(value) && value.length > 0) return value.flatMap((item) => listItem(item, parent));
  const entries = isMapping(value) ? entriesOf(value, parent) : [];
  if (entries.length === 0) return [inline(value)];
  return entries.flatMap(([name, item]) => entry(name, item));
}

function entry(name: string, value: unknown): string[] {
  const key = scalar(name);
  // YAML readers give up on a name of more than 1,024 characters, unless it is marked as one.
  const [head, mark] = key.length > 1000 ? [[`? ${key}`], ":"] : [[], `${key}:`];
  if (isInline(value)) return [...head, `${mark} ${inline(value)}`];
  return [...head, mark, ...indented(block(value, name))];
}

function listItem(value: unknown, parent: string): string[] {
  const [first = "", ...rest] = isInline(value) ? [inline(value)] : block(value, `${parent}[]`);
  return [`- ${first}`, ...indented(rest)];
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}

/** Whether a value fits behind its name. */
function isInline(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return !isMapping(value) || entriesOf(value, "").length === 0;
}

function inline(value: unknown): string {
  if (Array.isArray(value)) return "[]";
  if (isMapping(value)) return "{}";
  return scalar(value);
}

function entriesOf(value: Readonly<Record<string, unknown>>, parent: string): [string, unknown][] {
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return entries.sort(([a], [b]) => compareNames(parent, a, b));
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function scalar(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (typeof value === "boolean") return String(value);
  if (typeof value === "number") return number(value);
  if (typeof value === "string") return isPlain(value) ? value : quoted(value);
  throw new TypeError(`YAML has no ${typeof value}`);
}

/** PyYAML takes a number with an exponent for text unless it has a point and a sign. */
function number(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError(`YAML readers disagree about ${value}`);
  if (Object.is(value, -0)) return "-0.0";
  return String(value).replace(/^(-?\d+)e/, "$1.0e");
}

/** Letters, digits and marks that mean nothing to YAML; blanks and colons only between them. */
const PLAIN = /^[A-Za-z0-9_./](?:[A-Za-z0-9_./@+=*$()~^;?-]|:(?=[^\s:])| (?=[A-Za-z0-9_./(]))*$/;
/** What a YAML 1.2 reader takes for a number: the core schema, and more letter cases than it allows. */
const NUMBER = /^(?:[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:e[-+]?\d+)?|0o[0-7]+|0x[\da-f]+|[-+]?\.inf|\.nan)$/i;

function isPlain(text: string): boolean {
  // PyYAML takes y and n for text, other YAML 1.1 readers for switches.
  if (!PLAIN.test(text) || text.startsWith("...") || /^[yn]$/i.test(text)) return false;
  return readByPyYaml(text).kind === "text" && !NUMBER.test(text);
}

/** Characters that some reader does not take as they are: controls, line separators, byte order marks, halves of pairs. */
const UNSAFE = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

function quoted(text: string): string {
  const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return JSON.stringify(text).replace(UNSAFE, escaped);
}
