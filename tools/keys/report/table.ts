import { printable } from "../../../core/findings";

/** A column: its heading, and whether it has numbers. */
export interface Column {
  readonly heading: string;
  readonly numbers?: boolean;
}

/** A table for a terminal: two spaces between columns, numbers to the right. Names from the gateway act on nothing. */
export function textTable(columns: readonly Column[], rows: readonly (readonly string[])[], indent = "  "): string {
  const shown = [columns.map(({ heading }) => heading), ...rows].map((row) => row.map(printable));
  const widths = columns.map((_, index) => shown.reduce((width, row) => Math.max(width, row[index]?.length ?? 0), 0));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, index) => (columns[index]?.numbers ? cell.padStart(widths[index] ?? 0) : cell.padEnd(widths[index] ?? 0)))
      .join("  ")
      .trimEnd();
  return shown.map((row) => `${indent}${line(row)}\n`).join("");
}

/** A table for Markdown; nothing in a cell ends it or becomes markup. */
export function markdownTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const head = columns.map(({ heading }) => heading);
  const rule = columns.map(({ numbers }) => (numbers ? "---:" : "---"));
  return [head, rule, ...rows.map((row) => row.map(markdownText))].map((row) => `| ${row.join(" | ")} |\n`).join("");
}

/** Text from elsewhere within Markdown. */
export function markdownText(text: string): string {
  return printable(text).replace(/[\\|<>`*_[\]#~&@]/g, (character) => (character === "@" ? "&#64;" : `\\${character}`));
}
