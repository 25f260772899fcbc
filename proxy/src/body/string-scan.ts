import { canSkipFar, type OpenValue, skipFar } from "./far-skip";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** How many bytes are looked at one by one before the search for the next quote is left to the C library. */
const NEAR = 24;
/** From how many bytes on it is worth while to look at many at once. */
const FAR = 256;

/** A scan that may stop at the end of a chunk and go on in the next. */
export interface StringScan {
  /** Whether the next byte stands behind a backslash. */
  escaped: boolean;
}

/**
 * The position behind the quote that closes a string, or -1 when the bytes end before it.
 *
 * Most strings are short and a loop is quickest; in long ones (a picture in base64) memchr is about a hundred times faster, unless
 * escaped quotes stop it again and again.
 */
export function skipString(bytes: Buffer, from: number, end: number, scan: StringScan): number {
  if (from >= end) return -1;
  let i = scan.escaped ? from + 1 : from;
  scan.escaped = false;
  for (;;) {
    i = closeBy(bytes, i, Math.min(i + NEAR, end));
    if (i < 0) return -i;
    if (i >= end) break;
    const quote = nextQuote(bytes, i, end);
    // A quote closes the string when the number of backslashes before it is even.
    const escaped = backslashesBefore(bytes, quote, i) % 2 === 1;
    if (quote < end && !escaped) return quote + 1;
    i = escaped ? quote + 1 : quote;
    if (canSkipFar && end - i > FAR) return skipOften(bytes, i, end, scan);
  }
  scan.escaped = i > end;
  return -1;
}

/** Skips the rest of a string in which quotes are escaped: where there is one, there are more. */
function skipOften(bytes: Buffer, from: number, end: number, scan: StringScan): number {
  const open: OpenValue = { depth: 0, inString: true, escaped: false };
  const found = skipFar(bytes, from, end, open, 0);
  scan.escaped = found < 0 && open.escaped;
  return found;
}

/** Looks for the closing quote byte by byte: the negated position behind it, or where to go on. */
function closeBy(bytes: Buffer, from: number, near: number): number {
  let i = from;
  while (i < near) {
    const byte = bytes[i];
    if (byte === QUOTE) return -(i + 1);
    i += byte === BACKSLASH ? 2 : 1;
  }
  return i;
}

function nextQuote(bytes: Buffer, from: number, end: number): number {
  const found = bytes.indexOf(QUOTE, from);
  return found < 0 || found > end ? end : found;
}

function backslashesBefore(bytes: Buffer, position: number, start: number): number {
  let i = position;
  while (i > start && bytes[i - 1] === BACKSLASH) i -= 1;
  return position - i;
}
