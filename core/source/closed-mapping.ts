import * as z from "zod";
import { isMapping, type Mapping } from "./mapping";

/** The values of a mapping by name. */
export type Shape = Readonly<Record<string, z.ZodType>>;

/** How closed a {@link closedMapping} is. */
export interface ClosedMappingOptions {
  /** Names that must be there, or how they follow from the mapping. @default none */
  readonly required?: readonly string[] | ((mapping: Mapping) => readonly string[]);
  /** Whether a name that the shape lacks is allowed. @default none is */
  readonly accepts?: (name: string, mapping: Mapping) => boolean;
}

const shapes = new WeakMap<z.ZodType, Shape>();
const closed = new WeakSet<z.ZodType>();

/**
 * A mapping of known names, like `z.strictObject`, whose cost grows with the names that are written and not with
 * those that are known: a shape of a thousand names is checked two hundred times in a few milliseconds.
 *
 * Wrap it (`nullable`, `optional`), and do not refine or describe it: a copy would not know its names.
 */
export function closedMapping(shape: Shape, options: ClosedMappingOptions = {}): z.ZodType {
  // Not z.record: that passes over the name `__proto__`.
  const schema = z.unknown().check(({ value, issues }) => {
    issues.push(...issuesOf(value, shape, options));
  });
  shapes.set(schema, shape);
  if (!options.accepts) closed.add(schema);
  return schema;
}

/** The shape of a {@link closedMapping}; undefined for every other schema. */
export function shapeOf(schema: z.ZodType): Shape | undefined {
  return shapes.get(schema);
}

/** Whether a {@link closedMapping} takes no name but those of its shape. */
export function isClosed(schema: z.ZodType): boolean {
  return closed.has(schema);
}

function issuesOf(
  value: unknown,
  shape: Shape,
  { required = [], accepts = () => false }: ClosedMappingOptions,
): z.core.$ZodRawIssue[] {
  if (!isMapping(value)) return [{ code: "invalid_type", expected: "object", input: value }];
  const names = Object.keys(value);
  const unknown = names.filter((name) => !Object.hasOwn(shape, name) && !accepts(name, value));
  const missing = (typeof required === "function" ? required(value) : required).filter((name) => !Object.hasOwn(value, name));
  return [
    ...(unknown.length > 0 ? [{ code: "unrecognized_keys" as const, keys: unknown, input: value }] : []),
    ...missing.map((name) => ({
      code: "invalid_type" as const,
      expected: "nonoptional" as const,
      input: undefined,
      path: [name],
    })),
    ...names.flatMap((name) => issuesAt(name, value[name], shape)),
  ];
}

function issuesAt(name: string, value: unknown, shape: Shape): z.core.$ZodRawIssue[] {
  const result = Object.hasOwn(shape, name) ? shape[name]?.safeParse(value) : undefined;
  return (result?.error?.issues ?? []).map((issue) => ({ ...issue, input: undefined, path: [name, ...issue.path] }));
}
