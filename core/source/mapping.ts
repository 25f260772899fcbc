/** Names with their values, as a value of the tree's plain form has them. */
export type Mapping = Readonly<Record<string, unknown>>;

/** Whether a value is a mapping, and no list and nothing. */
export function isMapping(value: unknown): value is Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
