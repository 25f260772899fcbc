import { nearestName } from "../../../findings";
import { defaultFallbacks, fallbackChains } from "../fallbacks";
import type { LintRule } from "../lint-rule";

/** A fallback that leads to a model group that does not exist. */
export const fallbackUndefined: LintRule = {
  id: "fallback-undefined",
  severity: "error",
  summary: "a fallback names a model group that does not exist",
  why: "LiteLLM loads it without a word. When the fallback is needed, the request ends with 500: Fallback to the group also failed, no healthy deployments (litellm/router.py, tried with LiteLLM 1.108.10).",
  repair: "name a group of model_list, or add the group",
  check: (context) => {
    const targets = [...fallbackChains(context).flatMap((chain) => chain.targets), ...defaultFallbacks(context)];
    return targets
      .filter(({ name }) => !context.groups.serves(name))
      .map(({ name, path }) => {
        const near = nearestName(name, context.groups.known());
        return context.found(fallbackUndefined, path, {
          message: `no model group is called ${name}, so this fallback fails when it is needed`,
          repair: near ? `did you mean ${near}?` : `add a deployment with model_name: ${name}, or name another group`,
        });
      });
  },
};
