import { fallbackChains } from "../fallbacks";
import type { LintRule } from "../lint-rule";

/** Two chains of the same kind for one group. */
export const fallbackTwice: LintRule = {
  id: "fallback-twice",
  severity: "error",
  summary: "a model group has two chains of fallbacks of one kind",
  why: "LiteLLM takes the first chain that it finds for a group and never looks at the second (get_fallback_model_group in litellm/router_utils/fallback_event_handlers.py, LiteLLM 1.108.10).",
  repair: "join the chains into one list",
  check: (context) => {
    const seen = new Set<string>();
    return fallbackChains(context).flatMap(({ block, setting, from, path }) => {
      const key = JSON.stringify([block, setting, from]);
      const isFirst = !seen.has(key);
      seen.add(key);
      if (isFirst) return [];
      const message = `${from} has ${setting} already, so this chain is never used`;
      return [context.foundAtName(fallbackTwice, path, { message, repair: `add these names to the first list of ${from}` })];
    });
  },
};
