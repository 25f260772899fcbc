/**
 * Characters that a terminal, a log or an editor acts on instead of showing: controls, text direction, and the line ends
 * that JSON leaves as they are.
 */
const ACTING = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A text in which nothing acts on its reader; what did is shown as `\\u001b`. */
export function printable(text: string): string {
  return text.replace(ACTING, (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`);
}

/** The same for a text of several lines, whose line ends stay. */
export function printableLines(text: string): string {
  return text.split("\n").map(printable).join("\n");
}
