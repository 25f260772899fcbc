import { isSecret } from "../../../core/findings";
import type { Json } from "../../../core/keys";

const HIDDEN = "(hidden)";
/** In the place of what others wrote into the gateway: it may be anything. */
export const NOT_SHOWN = "(not shown)";

/** A value as a plan may show it: without what its name or its shape says is a secret. */
export function withoutSecrets(name: string, value: Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => withoutSecrets(name, item));
  if (isRecord(value)) return mapped(value, (inner, member) => withoutSecrets(member, inner));
  return isSecret(name, value) ? HIDDEN : value;
}

/** A value of the gateway's metadata, as far as the file declares the same: other members and items are not shown. */
export function asDeclared(name: string, found: Json, declared: Json): Json {
  if (isRecord(found)) return isRecord(declared) ? membersDeclared(found, declared) : NOT_SHOWN;
  if (Array.isArray(found)) return Array.isArray(declared) ? itemsDeclared(name, found, declared) : NOT_SHOWN;
  return typeof declared === "object" && declared !== null && found !== null ? NOT_SHOWN : withoutSecrets(name, found);
}

function membersDeclared(found: Fields, declared: Fields): Json {
  const known = Object.entries(found).filter(([name]) => Object.hasOwn(declared, name));
  const shown = known.map(([name, value]): [string, Json] => [name, asDeclared(name, value, declared[name] ?? null)]);
  const others = known.length < Object.keys(found).length ? [["(others)", NOT_SHOWN] as const] : [];
  return Object.fromEntries([...shown, ...others]);
}

function itemsDeclared(name: string, found: readonly Json[], declared: readonly Json[]): Json {
  const known = new Set(declared.map((item) => JSON.stringify(item)));
  return found.map((item) => (known.has(JSON.stringify(item)) ? withoutSecrets(name, item) : NOT_SHOWN));
}

type Fields = Readonly<Record<string, Json>>;

function isRecord(value: Json): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function mapped(fields: Fields, change: (value: Json, name: string) => Json): Json {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, change(value, name)]));
}
