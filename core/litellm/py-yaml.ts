/** What a reader makes of a plain scalar: its kind and, where JavaScript can hold it, its value. */
export interface Reading {
  readonly kind: "text" | "null" | "boolean" | "number" | "date" | "merge" | "error";
  readonly value?: string | number | boolean | null;
}

const BOOLEANS: Readonly<Record<string, boolean>> = { yes: true, true: true, on: true, no: false, false: false, off: false };
const BOOLEAN = /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/;
const NULL = /^(?:~|null|Null|NULL|)$/;
const FLOAT =
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*)$/;
const INFINITE = /^[-+]?\.(?:inf|Inf|INF)$/;
const NOT_A_NUMBER = /^\.(?:nan|NaN|NAN)$/;
const INTEGER =
  /^(?:[-+]?0b[01_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$/;
const DATE =
  /^(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{4}-[0-9][0-9]?-[0-9][0-9]?(?:[Tt]|[ \t]+)[0-9][0-9]?:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?(?:[ \t]*(?:Z|[-+][0-9][0-9]?(?::[0-9]{2})?))?)$/;

/**
 * What PyYAML, LiteLLM's reader, makes of a scalar written without quotes: YAML 1.1 with PyYAML's own resolvers
 * (`yaml/resolver.py` and `yaml/constructor.py`, PyYAML 6.0.3).
 */
export function readByPyYaml(text: string): Reading {
  if (BOOLEAN.test(text)) return { kind: "boolean", value: BOOLEANS[text.toLowerCase()] ?? false };
  if (NULL.test(text)) return { kind: "null", value: null };
  if (INTEGER.test(text)) return integer(text);
  if (FLOAT.test(text)) return { kind: "number", value: sexagesimal(text.replaceAll("_", ""), Number.parseFloat) };
  if (INFINITE.test(text))
    return { kind: "number", value: text.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY };
  if (NOT_A_NUMBER.test(text)) return { kind: "number", value: Number.NaN };
  if (DATE.test(text)) return { kind: "date" };
  if (text === "<<") return { kind: "merge" };
  // There is a type for this, and nothing that builds it: the file cannot be read.
  if (text === "=") return { kind: "error" };
  return { kind: "text", value: text };
}

function integer(text: string): Reading {
  const digits = text.replaceAll("_", "");
  const sign = digits.startsWith("-") ? -1 : 1;
  const unsigned = digits.replace(/^[-+]/, "");
  if (unsigned === "0") return { kind: "number", value: 0 };
  // `0b` or `0x` and underscores alone match PyYAML's pattern, and then its conversion fails.
  if (/^0[bx]$/.test(unsigned)) return { kind: "error" };
  if (unsigned.startsWith("0b")) return { kind: "number", value: sign * Number.parseInt(unsigned.slice(2), 2) };
  if (unsigned.startsWith("0x")) return { kind: "number", value: sign * Number.parseInt(unsigned.slice(2), 16) };
  if (unsigned.startsWith("0")) return { kind: "number", value: sign * Number.parseInt(unsigned, 8) };
  return { kind: "number", value: sexagesimal(digits, (part) => Number.parseInt(part, 10)) };
}

/** `12:30` is 12 times 60 and 30. */
function sexagesimal(text: string, convert: (part: string) => number): number {
  const sign = text.startsWith("-") ? -1 : 1;
  const parts = text.replace(/^[-+]/, "").split(":").map(convert);
  return sign * parts.reduce((sum, part) => sum * 60 + part, 0);
}
