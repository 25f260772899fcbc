import { type Catalogue, deploymentPrices, loadPrices, type ModelPrice } from "../litellm";
import { type MapNode, type Path, placeOfValue, showPath } from "../source";
import type { VersionChange } from "./change";

/** What the two versions' lists of models say otherwise of the models that a configuration uses. */
export function usedModelChanges(config: MapNode, at: Path, from: Catalogue, to: Catalogue): VersionChange[] {
  const before = deploymentPrices(config, from);
  const seen = new Set<string>();
  return deploymentPrices(config, to).flatMap(({ path, model, price }, index) => {
    const messages = differences(before[index]?.price, price);
    if (seen.has(model) || messages.length === 0) return [];
    seen.add(model);
    const what = `${model} (${showPath([...at, ...path])})`;
    const weight = before[index]?.price && !price ? "breaks" : "differs";
    return [{ topic: "model", weight, what, message: messages.join("; "), place: placeOfValue(config, path) } as const];
  });
}

/** Models that came, went, or cost something else. */
export function allModelChanges(from: Catalogue, to: Catalogue): VersionChange[] {
  const [before, after] = [loadPrices(from.version), loadPrices(to.version)];
  const names = [...new Set([...(before?.names() ?? []), ...(after?.names() ?? [])])].sort();
  return names.flatMap((what) => {
    const messages = differences(before?.get(what), after?.get(what));
    return messages.length > 0 ? [{ topic: "model", weight: "informs", what, message: messages.join("; ") } as const] : [];
  });
}

function differences(before: ModelPrice | undefined, after: ModelPrice | undefined): string[] {
  if (!before && !after) return [];
  if (!before) return ["now in LiteLLM's list of models"];
  if (!after) return ["no longer in LiteLLM's list of models: its cost is not counted"];
  const money = (["input", "output", "cacheRead", "cacheWrite"] as const).flatMap((name) =>
    before[name] === after[name] ? [] : [`${WORDS[name]} ${price(after[name])}, was ${price(before[name])}`],
  );
  const lost = before.flags.filter((flag) => !after.flags.includes(flag));
  const limits = (["maxInputTokens", "maxOutputTokens"] as const).flatMap((name) =>
    before[name] === after[name] ? [] : [`${WORDS[name]} ${after[name] ?? "not known"}, was ${before[name] ?? "not known"}`],
  );
  return [
    ...money,
    ...limits,
    ...(before.mode === after.mode ? [] : [`mode ${after.mode || "not known"}, was ${before.mode || "not known"}`]),
    ...(lost.length > 0 ? [`no longer said to support ${lost.join(", ")}`] : []),
    ...(before.deprecation === after.deprecation
      ? []
      : [`retired on ${after.deprecation ?? "no known day"}, was ${before.deprecation ?? "not known"}`]),
  ];
}

const WORDS = {
  input: "input",
  output: "output",
  cacheRead: "reading the cache",
  cacheWrite: "writing the cache",
  maxInputTokens: "tokens of context",
  maxOutputTokens: "tokens of output",
} as const;

/** Dollars for a million tokens. */
function price(value: number | undefined): string {
  return value === undefined ? "no price" : `$${value} a million tokens`;
}
