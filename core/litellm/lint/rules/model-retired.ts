import { hasAny, type LintRule } from "../lint-rule";

/** A model that its provider has switched off. */
export const modelRetired: LintRule = {
  id: "model-retired",
  severity: "warning",
  summary: "the provider has retired this model",
  why: "LiteLLM's list of models knows the day on which the provider ends a model (deprecation_date in litellm/model_prices_and_context_window_backup.json). After it requests are refused, or answered by another model at another price.",
  repair: "use the model's successor",
  check: (context) => {
    const { today } = context.surroundings;
    if (today === undefined) return [];
    return context.deployments.flatMap((deployment) => {
      const ended = context.priceOf(deployment)?.deprecation;
      if (ended === undefined || ended > today || hasAny(deployment.params, ["mock_response", "api_base", "base_url"])) return [];
      return [
        context.found(modelRetired, [...deployment.path, "litellm_params", "model"], {
          message: `the provider retired this model on ${ended}`,
          repair: modelRetired.repair,
        }),
      ];
    });
  },
};
