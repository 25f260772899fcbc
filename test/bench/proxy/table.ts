/** A claim about a ratio of two figures of one run. */
export interface Goal {
  readonly what: string;
  readonly value: number;
  /** `most`: the value must not be above the bar; `least`: not below. */
  readonly kind: "most" | "least";
  readonly bar: number;
}

/** The value in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

/** One figure in another; no number where the other is not above nothing, because then nothing was measured. */
export function ratio(one: number, other: number): number {
  return other > 0 ? one / other : Number.NaN;
}

/** A Markdown table. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** The goals as a table. */
export function goalTable(goals: readonly Goal[]): string {
  const rows = goals.map(({ what, value, kind, bar }) => [
    what,
    value.toFixed(2),
    `${kind === "most" ? "≤" : "≥"} ${bar}`,
    isMet({ value, kind, bar }) ? "yes" : "NO",
  ]);
  return table(["goal", "measured", "bar", "met"], rows);
}

/** Whether a goal is met. */
export function isMet({ value, kind, bar }: Pick<Goal, "value" | "kind" | "bar">): boolean {
  return kind === "most" ? value <= bar : value >= bar;
}
