export const QUOTE = 0x22;
export const COMMA = 0x2c;
export const COLON = 0x3a;
export const OPEN = 0x7b;
export const CLOSE = 0x7d;
export const LIST = 0x5b;

/** White space between the parts of JSON text. */
export function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** Letters, digits, sign and point: what numbers, `true`, `null` and Python's `-Infinity` are made of. */
export function isScalarByte(byte: number): boolean {
  if (byte < 0x30) return byte === 0x2b || byte === 0x2d || byte === 0x2e;
  return byte <= 0x39 || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
}
