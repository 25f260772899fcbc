import { createHash } from "node:crypto";
import type { Json } from "../../../core/keys";
import { ownValue } from "../../../core/source";
import type { Change } from "./action";
import { asDeclared, NOT_SHOWN, withoutSecrets } from "./shown-value";

type Fields = Readonly<Record<string, Json>>;

/** Fields whose order means nothing (LiteLLM gives lists back in an order of its own, 1.108.10). */
const SETS = new Set(["models", "allowed_routes", "tags"]);

/** A short fingerprint of wanted fields, whatever their order. */
export function fingerprint(value: Json): string {
  return createHash("sha256")
    .update(JSON.stringify(sorted("", value)))
    .digest("hex")
    .slice(0, 16);
}

/** Whether two values of a field mean the same: LiteLLM fills in defaults when it reads, so nothing, empty and false are one. */
export function isSame(field: string, a: Json | undefined, b: Json | undefined): boolean {
  return a === b || JSON.stringify(canonical(field, a)) === JSON.stringify(canonical(field, b));
}

/** What differs in the wanted fields, `metadata` left out, by name. As it is: what is shown of it is another thing. */
export function fieldChanges(wanted: Fields, current: Fields): Change[] {
  return Object.entries(wanted)
    .filter(([field, value]) => field !== "metadata" && !isSame(field, value, current[field]))
    .map(([field, to]) => ({ field, from: current[field] ?? null, to }));
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
  return b !== undefined && JSON.stringify(sorted(name, a)) === JSON.stringify(sorted(name, b));
}

function canonical(field: string, value: Json | undefined): Json {
  const plain = sorted(field, value ?? null);
  if (plain === false || plain === "") return null;
  return typeof plain === "object" && plain !== null && Object.keys(plain).length === 0 ? null : plain;
}

function sorted(field: string, value: Json): Json {
  if (Array.isArray(value)) {
    const items = value.map((item: Json) => sorted("", item));
    return SETS.has(field) ? [...new Set(items.map(String))].sort() : items;
  }
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value as Fields).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]) => [name, sorted(name, inner)]));
}
