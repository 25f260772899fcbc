/** What sh takes as it stands. */
const PLAIN = /^[\w./@:+,%=-]+$/;

/** A text as one word of a command that is shown, to be copied into sh: in quotes where it would be read as something else. */
export function asArgument(text: string): string {
  return PLAIN.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
