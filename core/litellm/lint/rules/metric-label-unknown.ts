import { nearestName } from "../../../findings";
import type { LintContext } from "../context";
import type { LintRule } from "../lint-rule";
import { customLabels, labelsOf, metricGroups } from "../metric-names";

/** A label that a metric does not have. */
export const metricLabelUnknown: LintRule = {
  id: "metric-label-unknown",
  severity: "error",
  summary: "a metric has no such label",
  why: "One label that one of the metrics of its group lacks and the prometheus callback does not start: the gateway runs, /metrics answers 200, and none of LiteLLM's metrics is there (litellm/integrations/prometheus.py, tried with LiteLLM 1.108.10). Labels differ between metrics and between releases.",
  repair: "name labels that all metrics of the group have, or make another group",
  check: (context) => [...inGroups(context), ...excluded(context)],
};

function inGroups(context: LintContext) {
  return metricGroups(context).flatMap(({ metrics, labels }) =>
    labels.flatMap(({ text, path }) => {
      const lacking = metrics.find((metric) => labelsOf(context, metric.text)?.has(text) === false);
      if (!lacking) return [];
      const near = nearestName(text, labelsOf(context, lacking.text) ?? []);
      return [
        context.found(metricLabelUnknown, path, {
          message: `${lacking.text} has no label ${text} in LiteLLM ${context.version}, and no metrics are served because of it`,
          repair: near ? `did you mean ${near}?` : metricLabelUnknown.repair,
        }),
      ];
    }),
  );
}

function excluded(context: LintContext) {
  const metrics = [...context.catalogue.metrics.values()];
  const known = new Set([
    ...metrics.flatMap(({ labels, optional }) => [...labels, ...Object.keys(optional)]),
    ...customLabels(context),
  ]);
  return context
    .texts(["litellm_settings", "prometheus_exclude_labels"])
    .filter(({ text }) => !known.has(text))
    .map(({ text, path }) => {
      const near = nearestName(text, known);
      const message = `no metric of LiteLLM ${context.version} has the label ${text}, and none is served because of it`;
      return context.found(metricLabelUnknown, path, { message, repair: near ? `did you mean ${near}?` : "remove it" });
    });
}
