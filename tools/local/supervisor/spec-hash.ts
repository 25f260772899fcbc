import { createHmac } from "node:crypto";

/** A keyed hash: says whether a value is the same as before, and nothing else to someone without the key. Hexadecimal. */
export function keyedHash(key: string, value: string): string {
  return createHmac("sha256", key).update(value).digest("hex");
}

/** A keyed hash over anything that JSON can say; the order of an object's members does not count. */
export function specHash(key: string, value: unknown): string {
  return keyedHash(key, JSON.stringify(value, sortedMembers));
}

function sortedMembers(_name: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
