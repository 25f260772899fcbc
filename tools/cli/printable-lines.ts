import { printable } from "../../core/findings";

/** A text of several lines in which nothing acts on a terminal. */
export function printableLines(text: string): string {
  return text
    .split(/\r?\n/)
    .map((line) => printable(line))
    .join("\n");
}
