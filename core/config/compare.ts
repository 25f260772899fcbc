import { shownValue } from "../findings";
import { nameOfPath, type Path, showPath } from "../source";
import type { Environment } from "./environment";

/** One thing that is not the same in all environments. */
export interface Difference {
  readonly path: string;
  /** A value for each environment, in their order, as it may be shown; undefined where an environment has none. */
  readonly values: readonly (string | undefined)[];
}

/** What differs between environments, by path. Secrets are references, and shown as such. */
export function compareEnvironments(environments: readonly Environment[]): Difference[] {
  const flat = environments.map((environment) => new Map(leaves(environment, [])));
  const paths = [...new Set(flat.flatMap((values) => [...values.keys()]))].sort();
  const rows = paths.map((path) => ({ path, values: flat.map((values) => values.get(path)) }));
  return rows.filter(({ values }) => values.some((value) => value !== values[0]));
}

function leaves(value: unknown, path: Path): [string, string][] {
  if (typeof value === "object" && value !== null && Object.keys(value).length > 0) {
    const steps: [string | number, unknown][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
    return steps.flatMap(([step, inner]) => leaves(inner, [...path, nameOfItem(inner) ?? step]));
  }
  return [[showPath(path), shownValue(nameOfPath(path), value)]];
}

/** A model is compared with the model of the same name, wherever it stands in the list. */
function nameOfItem(item: unknown): string | undefined {
  if (typeof item !== "object" || item === null || !("model_name" in item)) return undefined;
  const info = "model_info" in item && typeof item.model_info === "object" && item.model_info !== null ? item.model_info : {};
  return "id" in info ? `${String(item.model_name)} ${String(info.id)}` : String(item.model_name);
}
