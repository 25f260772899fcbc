import { nearestName } from "../../../findings";
import type { LintContext } from "../context";
import type { Deployment } from "../deployment";
import { hasAny, type LintRule } from "../lint-rule";

/** Providers whose models have the same names for everybody. */
const PUBLIC = new Set(["openai", "anthropic", "gemini", "mistral", "deepseek", "xai", "groq", "cohere", "perplexity"]);
const PRICES = ["input_cost_per_token", "output_cost_per_token", "input_cost_per_second", "output_cost_per_image"];

/** A model that LiteLLM's list does not have. */
export const modelUnknown: LintRule = {
  id: "model-unknown",
  severity: "note",
  summary: "LiteLLM's list of models does not have this one",
  why: "LiteLLM passes the name on, and the provider refuses what it does not know: a dot for a hyphen is enough, and models that were retired leave the list. A model that is too new for the list works and costs nothing in LiteLLM's eyes, so no budget counts it (litellm/model_prices_and_context_window_backup.json; a running gateway fetches a newer list unless LITELLM_LOCAL_MODEL_COST_MAP is true).",
  repair: "correct the name, or write its prices into model_info",
  check: (context) =>
    context.deployments.flatMap((deployment) => {
      if (!isJudged(deployment) || context.priceOf(deployment)) return [];
      const { model = "", provider = "", path } = deployment;
      const near = nearName(context, model, provider);
      const finding = context.found(modelUnknown, [...path, "litellm_params", "model"], {
        message: `the list of models of LiteLLM ${context.version} does not have ${model}, so it counts as free`,
        repair: near ? `did you mean ${near}?` : modelUnknown.repair,
      });
      return [near ? { ...finding, severity: "warning" as const } : finding];
    }),
};

function isJudged({ model, provider, params, info }: Deployment): boolean {
  if (!model || !PUBLIC.has(provider ?? "") || model.includes("*") || /\bft:/.test(model)) return false;
  // Behind an address of one's own anything may answer.
  return !hasAny(params, [...PRICES, "api_base", "base_url", "mock_response"]) && !hasAny(info, [...PRICES, "base_model"]);
}

/** A name of the same provider that is written with other signs between the same letters and digits. */
function nearName(context: LintContext, model: string, provider: string): string | undefined {
  const bare = model.startsWith(`${provider}/`) ? model.slice(provider.length + 1) : model;
  const signs = (name: string): string => name.replace(/[^a-z0-9]/gi, "").toLowerCase();
  const same = context.modelNames().filter((name) => signs(name) === signs(bare) || signs(name) === signs(`${provider}${bare}`));
  const found = nearestName(bare, same, 3) ?? same[0];
  return found && `${provider}/${found.replace(new RegExp(`^${provider}/`), "")}`;
}
