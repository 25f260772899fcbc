import { hash } from "node:crypto";
import type { Json } from "../../../core/keys";
import { ownValue } from "../../../core/source";
import type { Change } from "./action";
import { asDeclared, NOT_SHOWN, withoutSecrets } from "./shown-value";

type Fields = Readonly<Record<string, Json>>;

/** Fields whose order means nothing (LiteLLM gives lists back in an order of its own, 1.108.10). */
const SETS = new Set(["models", "allowed_routes", "tags"]);

/** A short fingerprint of wanted fields, whatever their order. */
export function fingerprint(value: Json): string {
  return hash("sha256", canonicalText("", value)).slice(0, 16);
}

/** Whether two values of a field mean the same: LiteLLM fills in defaults when it reads, so nothing, empty and false are one. */
export function isSame(field: string, a: Json | undefined, b: Json | undefined): boolean {
  return isAlike(a ?? null, b ?? null) || meaning(field, a) === meaning(field, b);
}

/** Whether two values are the same down to the order of their lists, which most are; all else has to be put in order first. */
function isAlike(a: Json, b: Json): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && isAlike(at(a, name), at(b, name)))
  );
}

function at(value: object, name: string): Json {
  return (value as Fields)[name] ?? null;
}

/** What differs in the wanted fields, `metadata` left out, by name. As it is: what is shown of it is another thing. */
export function fieldChanges(wanted: Fields, current: Fields): Change[] {
  return Object.keys(wanted)
    .filter((field) => field !== "metadata" && !isSame(field, wanted[field], current[field]))
    .map((field) => ({ field, from: current[field] ?? null, to: wanted[field] ?? null }));
}

/**
 * What differs in `metadata`: names that are wanted, and names that were once wanted and are still there. Of what the gateway
 * has only what the file declares is shown.
 */
export function metadataChanges(wanted: Fields, current: Fields, formerly: readonly string[]): Change[] {
  const differing = Object.entries(wanted).filter(([name, value]) => !isExactly(name, value, ownValue(current, name)));
  const left = formerly.filter((name) => !Object.hasOwn(wanted, name) && Object.hasOwn(current, name));
  return [
    ...differing.map(([name, to]) => ({
      field: `metadata.${name}`,
      from: asDeclared(name, ownValue(current, name) ?? null, to),
      to: withoutSecrets(name, to),
    })),
    ...left.map((name) => ({ field: `metadata.${name}`, from: NOT_SHOWN, to: null })),
  ];
}

/** In metadata false is not the same as nothing, and text not the same as a boolean. */
function isExactly(name: string, a: Json, b: Json | undefined): boolean {
  return b !== undefined && (a === b || canonicalText(name, a) === canonicalText(name, b));
}

/** What nothing, empty and false have in common, and the canonical text of all else. */
function meaning(field: string, value: Json | undefined): string {
  const text = canonicalText(field, value ?? null);
  return NOTHING.has(text) ? "null" : text;
}

const NOTHING = new Set(["false", '""', "[]", "{}"]);

/** JSON with names in the order of their characters, whatever the order they came in. */
function canonicalText(field: string, value: Json): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return listText(field, value);
  const fields = value as Fields;
  const inner = Object.keys(fields)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonicalText(name, fields[name] ?? null)}`);
  return `{${inner.join(",")}}`;
}

function listText(field: string, items: readonly Json[]): string {
  const texts = SETS.has(field)
    ? [...new Set(items.map(String))].sort().map((item) => JSON.stringify(item))
    : items.map((item) => canonicalText("", item));
  return `[${texts.join(",")}]`;
}
