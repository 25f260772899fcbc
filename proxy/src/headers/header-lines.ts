/** Lines of a head: each a name, a colon and a value without control characters but the tab (RFC 9110, sections 5.1 and 5.5). */
const LINES = /(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\t\x20-\x7e\x80-\xff]*(?:\r\n|$))*$/y;
const OUTER_SPACE = /^[ \t]+|[ \t]+$/g;

/**
 * Whether all lines of a head are well-formed: no lone CR or LF, no space in a name (so no folded line), a colon in each. One look at
 * them all costs less than one at each name and each value.
 *
 * @param text lines with line ends between them, bytes as Latin-1
 * @param begin where the first line begins; at or behind the end where there is none
 */
export function areHeaderLines(text: string, begin: number): boolean {
  LINES.lastIndex = Math.min(begin, text.length);
  return LINES.test(text);
}

/** Names and values of such lines in turn, without the white space around values; undefined where one has no colon. */
export function splitHeaderLines(text: string, begin: number): string[] | undefined {
  const lines: string[] = [];
  for (let from = begin; from < text.length; ) {
    const found = text.indexOf("\r\n", from);
    const to = found < 0 ? text.length : found;
    const colon = text.indexOf(":", from);
    if (colon < 0 || colon >= to) return undefined;
    lines.push(text.slice(from, colon), trimmed(text, colon + 1, to));
    from = to + 2;
  }
  return lines;
}

/** A value without the white space around it. Nearly all have one space before them and none behind. */
function trimmed(text: string, begin: number, end: number): string {
  const from = text.charCodeAt(begin) === 0x20 ? begin + 1 : begin;
  const value = text.slice(from, end);
  return isSpace(value.charCodeAt(0)) || isSpace(value.charCodeAt(value.length - 1)) ? value.replace(OUTER_SPACE, "") : value;
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x09;
}
