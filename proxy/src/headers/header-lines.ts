/** RFC 9110, section 5.6.2: what a header name is made of. */
const NAME = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
/** No control characters but the tab, and no DEL. Bytes above are obsolete, and harmless in one line. */
const VALUE = "[\\t\\x20-\\x7e\\x80-\\xff]*";

const WHOLE_NAME = new RegExp(`^${NAME}$`);
const WHOLE_VALUE = new RegExp(`^${VALUE}$`);
const LINES = new RegExp(`(?:${NAME}:${VALUE}(?:\\r\\n|$))*$`, "y");

/** Whether a name and a value make one line of a head, and no more. */
export function isHeaderLine(name: string, value: string): boolean {
  return WHOLE_NAME.test(name) && WHOLE_VALUE.test(value);
}

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

/** A value without the white space around it. By hand: a pattern for its end would be tried at every space within. */
function trimmed(text: string, begin: number, end: number): string {
  let from = begin;
  let to = end;
  while (from < to && isSpace(text.charCodeAt(from))) from += 1;
  while (to > from && isSpace(text.charCodeAt(to - 1))) to -= 1;
  return text.slice(from, to);
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x09;
}
