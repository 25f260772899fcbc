import type * as z from "zod";
import { isMapping } from "./mapping";
import { definitionOf } from "./schema";

/** Whether a value is certainly one that a schema takes as it is. False says nothing. */
type Check = (value: unknown) => boolean;

/**
 * Whether zod would take a value and give it back as it is; false where that is not certain. Of a mapping it looks at the names
 * that are written, where zod looks at all that are known and makes a copy: of ten thousand keys that takes twice as long.
 */
export function fits(schema: z.ZodType, value: unknown): boolean {
  return checkOf(schema)(value);
}

const checks = new WeakMap<z.ZodType, Check>();

function checkOf(schema: z.ZodType): Check {
  const known = checks.get(schema);
  if (known) return known;
  const made = makeCheck(schema);
  checks.set(schema, made);
  return made;
}

function makeCheck(schema: z.ZodType): Check {
  const { type, innerType, shape, catchall, element, keyType, valueType } = definitionOf(schema);
  const isPlain = (schema._zod.def.checks ?? []).length === 0;
  if (type === "optional" && isPlain && innerType) return checkOf(innerType);
  if (type === "object" && isPlain && shape && catchall && definitionOf(catchall).type === "never") return mappingCheck(shape);
  if (type === "array" && isPlain && element) return listCheck(checkOf(element));
  if (type === "record" && isPlain && keyType && valueType && isAnyText(keyType)) return recordCheck(checkOf(valueType));
  return (value) => {
    const result = schema._zod.run({ value, issues: [] }, { async: false });
    return "issues" in result && result.issues.length === 0 && isUnchanged(result.value, value);
  };
}

/** Whether zod gave back a value as it was, or a copy of it. */
function isUnchanged(result: unknown, value: unknown): boolean {
  if (result === value) return true;
  if (!isMapping(result) || !isMapping(value)) return false;
  const names = Object.keys(value);
  return names.length === Object.keys(result).length && names.every((name) => isUnchanged(result[name], value[name]));
}

function mappingCheck(shape: Readonly<Record<string, z.ZodType>>): Check {
  const inner = new Map(Object.entries(shape).map(([name, schema]) => [name, checkOf(schema)]));
  // What is not there must be one that may be missing, and not one that zod would fill in.
  const required = Object.entries(shape).flatMap(([name, { _zod }]) => (_zod.optin === "optional" ? [] : [name]));
  return (value) =>
    isMapping(value) &&
    required.every((name) => Object.hasOwn(value, name)) &&
    Object.keys(value).every((name) => inner.get(name)?.(value[name]) === true);
}

function listCheck(inner: Check): Check {
  return (value) => Array.isArray(value) && value.every(inner);
}

function recordCheck(inner: Check): Check {
  return (value) => isMapping(value) && Object.keys(value).every((name) => name !== "__proto__" && inner(value[name]));
}

function isAnyText(schema: z.ZodType): boolean {
  return definitionOf(schema).type === "string" && (schema._zod.def.checks ?? []).length === 0 && !("format" in schema._zod.def);
}
