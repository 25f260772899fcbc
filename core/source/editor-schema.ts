import type * as z from "zod";
import { isClosed, shapeOf } from "./closed-mapping";
import { alternatives, definitionOf, describeSchema } from "./schema";

/** A JSON Schema, as far as editors need one: names, their kinds, and what may stand there in words. */
export type EditorSchema = { readonly [keyword: string]: unknown };

/** How deep nested mappings are described; models refer to each other, some in circles. */
const DEEPEST = 5;

/**
 * The JSON Schema of a zod schema that has {@link closedMapping}s in it, which zod's own conversion cannot see into.
 * It is never stricter than the zod schema: what an editor refuses, the check refuses too.
 */
export function editorSchema(schema: z.ZodType, depth = 0): EditorSchema {
  const options = alternatives(schema);
  const [only] = options;
  if (options.length !== 1 || !only) return { anyOf: options.map((option) => editorSchema(option, depth)) };
  const described = only.description ? { description: only.description } : {};
  const { type, element, valueType } = definitionOf(only);
  if (depth >= DEEPEST) return described;
  if (type === "object") return { ...described, ...mapping(only, depth) };
  if (type === "array" && element) return { ...described, type: ["array", "null"], items: editorSchema(element, depth + 1) };
  if (type === "record" && valueType)
    return { ...described, type: ["object", "null"], additionalProperties: editorSchema(valueType, depth + 1) };
  return { description: describeSchema([only]) };
}

function mapping(schema: z.ZodType, depth: number): EditorSchema {
  const entries = Object.entries(shapeOf(schema) ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  const properties = Object.fromEntries(entries.map(([name, value]) => [name, editorSchema(value, depth + 1)]));
  return { type: ["object", "null"], properties, ...(isClosed(schema) && { additionalProperties: false }) };
}
