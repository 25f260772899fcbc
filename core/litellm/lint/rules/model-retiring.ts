import { counted } from "../../../findings";
import { hasAny, type LintRule } from "../lint-rule";

/** So many days ahead a retirement is told, and so many ahead it is pressing. */
const DAYS_AHEAD = 90;
const PRESSING_DAYS = 30;
const DAY_IN_MS = 86_400_000;

/** A model that its provider will switch off before long. */
export const modelRetiring: LintRule = {
  id: "model-retiring",
  severity: "note",
  summary: "the provider retires this model within 90 days",
  why: "LiteLLM's list of models knows the day on which the provider ends a model (deprecation_date in litellm/model_prices_and_context_window_backup.json). Moving users to another model takes longer than the announcement seems to leave. Within 30 days it is a warning.",
  repair: "plan the move to the model's successor",
  check: (context) => {
    const { today } = context.surroundings;
    if (today === undefined) return [];
    return context.deployments.flatMap((deployment) => {
      const end = context.priceOf(deployment)?.deprecation;
      const days = end === undefined ? Number.POSITIVE_INFINITY : daysBetween(today, end);
      if (days <= 0 || days > DAYS_AHEAD || hasAny(deployment.params, ["mock_response", "api_base", "base_url"])) return [];
      const finding = context.found(modelRetiring, [...deployment.path, "litellm_params", "model"], {
        message: `the provider retires this model on ${end}, in ${counted(days, "day")}`,
        repair: modelRetiring.repair,
      });
      return [days <= PRESSING_DAYS ? { ...finding, severity: "warning" as const } : finding];
    });
  },
};

/** Whole days from one `YYYY-MM-DD` to another. */
function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_IN_MS);
}
