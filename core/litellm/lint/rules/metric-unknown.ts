import { nearestName } from "../../../findings";
import type { LintRule } from "../lint-rule";
import { metricGroups } from "../metric-names";

/** A metric that LiteLLM does not have. */
export const metricUnknown: LintRule = {
  id: "metric-unknown",
  severity: "error",
  summary: "LiteLLM has no such metric",
  why: "One unknown name and the prometheus callback does not start: the gateway runs, /metrics answers 200, and none of LiteLLM's metrics is there (litellm/integrations/prometheus.py, tried with LiteLLM 1.108.10). Counters are named here without the _total that Prometheus shows.",
  repair: "write the name as LiteLLM creates it",
  check: (context) => {
    const known = context.catalogue.metrics;
    const excluded = context.texts(["litellm_settings", "prometheus_exclude_metrics"]);
    return [...metricGroups(context).flatMap(({ metrics }) => metrics), ...excluded]
      .filter(({ text }) => !known.has(text))
      .map(({ text, path }) => {
        const bare = text.replace(/_(?:total|bucket|sum|count)$/, "");
        const near = known.has(bare) ? bare : nearestName(text, known.keys());
        return context.found(metricUnknown, path, {
          message: `LiteLLM ${context.version} has no metric ${text}, and serves none of its metrics because of it`,
          repair: near ? `did you mean ${near}?` : "remove it",
        });
      });
  },
};
