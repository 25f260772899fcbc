import * as z from "zod";

/** How strictly text and switches are taken; numbers may be written as text everywhere. */
export interface Reading {
  /** Whether a number is refused where text belongs. */
  readonly strictText: boolean;
  /** Whether text is refused where a switch belongs, unless it means true: LiteLLM would take "false" as true. */
  readonly strictSwitch: boolean;
}

/** Blocks that LiteLLM uses as they are written: settings of the proxy, the router and the module. */
export const AS_WRITTEN: Reading = { strictText: false, strictSwitch: true };
/** Blocks that a pydantic model reads: it turns text into numbers and switches, and no number into text. */
export const BY_MODEL: Reading = { strictText: true, strictSwitch: false };
/** Nested mappings, which are read either way. */
export const EITHER_WAY: Reading = { strictText: false, strictSwitch: false };

const REFERENCE = /^os\.environ\//;
const NUMBER = /^\s*[-+]?(\d[\d_]*\.?\d*|\.\d+)([eE][-+]?\d+)?\s*$/;
const TRUE_TEXT = /^(true|t|yes|y|on|1)$/i;
const SWITCH_TEXT = /^(true|t|yes|y|on|1|false|f|no|n|off|0)$/i;

/** Whether a value is taken from the environment: `os.environ/NAME`. LiteLLM resolves it anywhere in the file. */
export function isReference(value: unknown): boolean {
  return typeof value === "string" && REFERENCE.test(value);
}

/** Text; a number too where LiteLLM does not insist, because a port is written either way. */
export function text(reading: Reading): z.ZodType {
  if (reading.strictText) return z.string();
  return z.custom((value) => typeof value === "string" || typeof value === "number").describe("text");
}

/** A number, also as text, or a reference. */
export const number: z.ZodType = z
  .custom((value) => typeof value === "number" || (typeof value === "string" && (NUMBER.test(value) || isReference(value))))
  .describe("a number");

/** True, false, or a reference. */
export function toggle(reading: Reading): z.ZodType {
  const accepted = reading.strictSwitch ? TRUE_TEXT : SWITCH_TEXT;
  return z
    .custom(
      (value) =>
        typeof value === "boolean" ||
        (!reading.strictSwitch && (value === 0 || value === 1)) ||
        (typeof value === "string" && (accepted.test(value) || isReference(value))),
    )
    .describe("true or false");
}

/** One of a few texts, or a reference. */
export function oneOf(texts: readonly string[], { ignoreCase = false } = {}): z.ZodType {
  const allowed = new Set<unknown>(texts);
  const folded = (value: unknown): unknown => (ignoreCase && typeof value === "string" ? value.toLowerCase() : value);
  return z
    .custom((value) => allowed.has(folded(value)) || isReference(value))
    .meta({ description: texts.join(", "), choices: texts });
}

/** Text, a number or a switch. */
export const scalar: z.ZodType = z
  .custom((value) => ["string", "number", "boolean"].includes(typeof value))
  .describe("text, a number or true or false");

/** A setting that is written and left empty counts as not written. */
export function orEmpty(schema: z.ZodType): z.ZodType {
  return schema.nullable();
}

/** A list. */
export function listOf(item: z.ZodType): z.ZodType {
  return z.array(item);
}

/** A mapping with any names. */
export function mappingOf(value: z.ZodType): z.ZodType {
  return z.record(z.string(), value);
}
