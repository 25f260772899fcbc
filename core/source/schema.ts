import type * as z from "zod";
import { shapeOf } from "./closed-mapping";
import type { Path } from "./node";

/** The part of zod's internals that is walked here: stable since 4.0, and pinned. */
export interface Definition {
  readonly type: string;
  readonly shape?: Record<string, z.ZodType>;
  readonly catchall?: z.ZodType;
  readonly element?: z.ZodType;
  readonly keyType?: z.ZodType;
  readonly valueType?: z.ZodType;
  readonly innerType?: z.ZodType;
  readonly in?: z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly entries?: Record<string, string | number>;
  readonly values?: readonly unknown[];
  readonly getter?: () => z.ZodType;
}

const WRAPPERS = new Set(["optional", "nullable", "default", "prefault", "readonly", "nonoptional", "catch"]);

/** The alternatives that a schema stands for, wrappers such as `optional` taken off. */
export function alternatives(schema: z.ZodType): z.ZodType[] {
  const definition = definitionOf(schema);
  if (WRAPPERS.has(definition.type) && definition.innerType) return alternatives(definition.innerType);
  if (definition.type === "pipe" && definition.in) return alternatives(definition.in);
  if (definition.type === "lazy" && definition.getter) return alternatives(definition.getter());
  if (definition.type === "union") return (definition.options ?? []).flatMap(alternatives);
  return [schema];
}

/** The schemas that may describe the value at `path`. */
export function schemasAt(schema: z.ZodType, path: Path): z.ZodType[] {
  let current = alternatives(schema);
  for (const step of path) current = current.flatMap((candidate) => childSchemas(candidate, step)).flatMap(alternatives);
  return current;
}

/** The names that a mapping at `path` may hold; empty where any name is allowed. */
export function knownNames(schema: z.ZodType, path: Path): string[] {
  return schemasAt(schema, path).flatMap((candidate) => Object.keys(definitionOf(candidate).shape ?? {}));
}

/** What mappings of free names take as a name, in a user's words; undefined where no description says it. */
export function nameDescription(schemas: readonly z.ZodType[]): string | undefined {
  return schemas.map((schema) => definitionOf(schema).keyType?.description).find((description) => description !== undefined);
}

/** The texts that schemas choose from, where they are a choice. */
export function choicesOf(schemas: readonly z.ZodType[]): string[] {
  return schemas.flatMap((schema) => {
    const { type, entries = {}, values = [] } = definitionOf(schema);
    const meant = schema.meta()?.choices;
    if (Array.isArray(meant)) return meant.map(String);
    return type === "enum" ? Object.values(entries).map(String) : type === "literal" ? values.map(String) : [];
  });
}

/** What a schema accepts, in a user's words: "text or a list of text", "one of a, b, c". */
export function describeSchema(schemas: readonly z.ZodType[]): string {
  return joinWords([...new Set(schemas.map(describeOne))]);
}

function describeOne(schema: z.ZodType): string {
  const definition = definitionOf(schema);
  // A description written at the schema says it best, but a switch's says only what it does.
  if (schema.description) return definition.type === "boolean" ? `true or false (${schema.description})` : schema.description;
  switch (definition.type) {
    case "string":
      return "text";
    case "number":
      return "a number";
    case "int":
      return "a whole number";
    case "boolean":
      return "true or false";
    case "null":
      return "nothing";
    case "array":
      return definition.element ? describeList(definition.element) : "a list";
    case "object":
    case "record":
      return "a mapping";
    case "enum":
      return joinWords(Object.values(definition.entries ?? {}).map(String));
    case "literal":
      return joinWords((definition.values ?? []).map(String));
    default:
      return "any value";
  }
}

function describeList(element: z.ZodType): string {
  const item = describeSchema(alternatives(element));
  if (item === "any value") return "a list";
  return `a list of ${item === "a mapping" ? "mappings" : item}`;
}

function childSchemas(schema: z.ZodType, step: string | number): z.ZodType[] {
  const definition = definitionOf(schema);
  if (definition.type === "array") return definition.element ? [definition.element] : [];
  if (definition.type === "record") return definition.valueType ? [definition.valueType] : [];
  const shape = definition.shape ?? {};
  if (Object.hasOwn(shape, step)) return [shape[step] as z.ZodType];
  return definition.catchall ? [definition.catchall] : [];
}

export function definitionOf(schema: z.ZodType): Definition {
  const definition = schema._zod.def as unknown as Definition;
  const shape = shapeOf(schema);
  return shape ? { ...definition, type: "object", shape } : definition;
}

function joinWords(words: readonly string[]): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}
