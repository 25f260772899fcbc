import type { Path } from "../../../source";
import type { LintRule } from "../lint-rule";

/** Prices further apart than this are a slip: dollars for a million tokens, or for a thousand, in the place of one. */
const FAR = 5;
const MILLION = 1_000_000;
const NAMES = { input_cost_per_token: "input", output_cost_per_token: "output" } as const;

/** A price that is far from the one LiteLLM knows. */
export const priceOverrideFar: LintRule = {
  id: "price-override-far",
  severity: "warning",
  summary: "a price is far from the one in LiteLLM's list",
  why: "The price is in US dollars for one token. The price of a thousand or a million in its place uses up every budget at once; one too low lets budgets run over (litellm/model_prices_and_context_window_backup.json).",
  repair: "write the price of one token, or remove it where LiteLLM's own will do",
  check: (context) =>
    context.deployments.flatMap((deployment) => {
      const listed = context.priceOf(deployment);
      if (!listed) return [];
      return ["litellm_params", "model_info"].flatMap((block) =>
        Object.entries(NAMES).flatMap(([name, column]) => {
          const path: Path = [...deployment.path, block, name];
          const written = Number(context.value(path) ?? Number.NaN) * MILLION;
          const known = listed[column];
          // Nothing for free models is meant.
          if (!known || !written || (written / known < FAR && known / written < FAR)) return [];
          return [
            context.found(priceOverrideFar, path, {
              message: `this is $${shown(written)} for a million tokens; LiteLLM's list says $${shown(known)} for ${listed.name}`,
              repair: `write ${(known / MILLION).toExponential().replace(/^(\d+)e/, "$1.0e")}, or remove it`,
            }),
          ];
        }),
      );
    }),
};

function shown(dollars: number): string {
  return String(Number(dollars.toPrecision(4)));
}
