import { hash } from "node:crypto";

/** Whether a value goes through LiteLLM's header readers unchanged: printable ASCII, no comma, no space at either end. */
export function isPlain(value: string): boolean {
  return /^[\x21-\x2b\x2d-\x7e](?:[\x20-\x2b\x2d-\x7e]*[\x21-\x2b\x2d-\x7e])?$/.test(value);
}

/**
 * A value in a plain header of a gateway that splits at commas: what is not printable ASCII, a comma and the percent sign
 * itself become percent forms, so that two values never become one and a reader can take them back.
 */
export function headerText(value: string): string {
  return Array.from(Buffer.from(value), (byte) =>
    isUnsafe(byte) ? `%${byte.toString(16).toUpperCase().padStart(2, "0")}` : String.fromCharCode(byte),
  ).join("");
}

function isUnsafe(byte: number): boolean {
  return byte < 0x20 || byte > 0x7e || byte === 0x2c || byte === 0x25;
}

/** JSON text in ASCII, for a header line. */
export function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/**
 * A value of at most `limit` characters. A longer one keeps its beginning and gets a hash of the whole, so that cutting can not
 * turn one group's name into another's. Characters are counted in UTF-16 code units and never cut in two.
 */
export function shorten(value: string, limit: number): string {
  if (value.length <= limit) return value;
  const mark = `~${hash("sha256", value, "hex").slice(0, 8)}`;
  const kept = value.slice(0, Math.max(0, limit - mark.length));
  return `${/[\ud800-\udbff]$/.test(kept) ? kept.slice(0, -1) : kept}${mark}`;
}
