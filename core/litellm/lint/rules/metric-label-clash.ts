import type { LintRule } from "../lint-rule";
import { customLabelsWithPlace } from "../metric-names";

/** Two labels of one name. */
export const metricLabelClash: LintRule = {
  id: "metric-label-clash",
  severity: "error",
  summary: "two custom labels of metrics become one",
  why: "LiteLLM makes a label of each tag and metadata path and writes _ for all but letters, digits and _: team-a and team_a are both tag_team_a. A metric that has a label twice counts nothing: each request ends in Incorrect label names (sanitize_prometheus_label_name in litellm/types/integrations/prometheus.py, tried with LiteLLM 1.108.10).",
  repair: "remove one, or rename it so that letters and digits differ",
  check: (context) => {
    const seen = new Map<string, string>();
    return customLabelsWithPlace(context).flatMap(({ label, text, path }) => {
      const former = seen.get(label);
      seen.set(label, former ?? text);
      if (former === undefined) return [];
      const message = `${text} and ${former} both become the label ${label}`;
      return [context.found(metricLabelClash, path, { message, repair: metricLabelClash.repair })];
    });
  },
};
