import type { ScalarNode } from "./node";

const WORDS: ReadonlyMap<string, boolean | null> = new Map(
  Object.entries({
    true: true,
    True: true,
    TRUE: true,
    false: false,
    False: false,
    FALSE: false,
    null: null,
    Null: null,
    NULL: null,
    "~": null,
  }),
);
/** A number that has one way of being written. */
const NUMBER = /^(?:0|-?[1-9]\d{0,14})(?:\.\d+)?$/;
/** All that YAML's core schema may take for a number (section 10.3.2 of YAML 1.2.2), and a little more. */
const NUMBER_LIKE = /^(?:[-+.]*\d[\d.]*(?:[eE][-+]?\d+)?|0[ox].*|[-+]?\.(?:inf|nan))$/i;

/** What a text without quotes means in YAML 1.2; undefined for numbers that are written in an unusual way. */
export function plainValue(text: string): { readonly value: ScalarNode["value"] } | undefined {
  const word = WORDS.get(text);
  if (word !== undefined) return { value: word };
  if (NUMBER.test(text)) return { value: Number(text) };
  return NUMBER_LIKE.test(text) ? undefined : { value: text };
}

/** Whether a number is kept as it was written: finite, and within 2^53 where it is whole. */
export function isExact(value: number): boolean {
  return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
}
