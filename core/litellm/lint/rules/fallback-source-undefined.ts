import { nearestName } from "../../../findings";
import { fallbackChains } from "../fallbacks";
import type { LintRule } from "../lint-rule";

/** Fallbacks of a group that does not exist. */
export const fallbackSourceUndefined: LintRule = {
  id: "fallback-source-undefined",
  severity: "error",
  summary: "fallbacks are set for a model group that does not exist",
  why: "LiteLLM looks for the fallbacks of the group that failed. Nothing that fails has this name, so the chain is never used, without a word (get_fallback_model_group in litellm/router_utils/fallback_event_handlers.py, LiteLLM 1.108.10).",
  repair: "name the group whose requests shall fall back",
  check: (context) =>
    fallbackChains(context)
      .filter(({ from }) => from !== "*" && !context.groups.serves(from) && !isBareName(from, context.groups.names))
      .map(({ from, path }) => {
        const near = nearestName(from, context.groups.known());
        return context.foundAtName(fallbackSourceUndefined, path, {
          message: `no model group is called ${from}, so these fallbacks are never used`,
          repair: near ? `did you mean ${near}?` : `add a deployment with model_name: ${from}, or remove the fallbacks`,
        });
      }),
};

/** A group called `openai/gpt-4o` also finds the fallbacks of `gpt-4o`, and the other way round. */
function isBareName(name: string, groups: ReadonlySet<string>): boolean {
  return [...groups].some((group) => group.endsWith(`/${name}`) || name.endsWith(`/${group}`));
}
