import type { Resource } from "./stack-view";

/** A block, or a mapping, of Terraform's JSON. */
export type Block = Readonly<Record<string, unknown>>;

export function isBlock(value: unknown): value is Block {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Nested blocks, which Terraform's JSON writes as one mapping or as a list of them. */
export function blocks(value: unknown): Block[] {
  return (Array.isArray(value) ? value : [value]).filter(isBlock);
}

/** Whether it is certainly true: an expression, whose value nobody knows before the plan, is not. */
export function isTrue(value: unknown): boolean {
  return value === true || value === "true";
}

/** Whether something was written at all. */
export function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0);
}

/** The number, or undefined for everything else; expressions too. */
export function numberOf(value: unknown): number | undefined {
  const number = typeof value === "string" && value !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

/** The texts of a list, or of one text. */
export function texts(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((item) => typeof item === "string");
}

/** Whether a text is, or holds, an expression that Terraform fills in. */
export function isExpression(value: unknown): boolean {
  return typeof value === "string" && /(^|[^$])\$\{/.test(value);
}

/** Whether a value names this resource, by reference or by the name that the resource was given. */
export function names(value: unknown, resource: Resource): boolean {
  if (typeof value !== "string") return false;
  const { bucket, name, identifier } = resource.attributes;
  return value.includes(`\${${resource.address}.`) || (!isExpression(value) && [bucket, name, identifier].includes(value));
}
