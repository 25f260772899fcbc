import { compareEnvironments, type Environment } from "../../../core/config";
import type { Format } from "../../../core/findings";
import { aligned, markdown } from "../tables";

/** What differs between environments: a row a path, a column an environment. JSON where the format is `json`. */
export function renderMatrix(environments: readonly Environment[], format: Format): string {
  const names = environments.map(({ name }) => name);
  const differences = compareEnvironments(environments);
  if (format === "json") return `${JSON.stringify({ environments: names, differences }, jsonValue, 2)}\n`;
  if (differences.length === 0) return "no differences\n";
  const rows = [["", ...names], ...differences.map(({ path, values }) => [path, ...values.map((value) => value ?? "·")])];
  return format === "md" ? markdown(rows) : aligned(rows);
}

/** An environment without a value shows as null. */
function jsonValue(_key: string, value: unknown): unknown {
  return Array.isArray(value) ? value.map((item) => item ?? null) : value;
}
