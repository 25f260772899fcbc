import type { LintRule } from "../lint-rule";

const SETTINGS = [
  ...["prometheus_metrics_config", "prometheus_exclude_metrics", "prometheus_exclude_labels"],
  ...["custom_prometheus_metadata_labels", "custom_prometheus_tags", "prometheus_initialize_budget_metrics"],
];

/** Settings of metrics that nobody collects. */
export const metricsSettingsUnused: LintRule = {
  id: "metrics-settings-unused",
  severity: "error",
  summary: "metrics are described and the prometheus callback is off",
  why: "These settings belong to the prometheus callback. While no list of callbacks names it, nothing is counted (litellm/integrations/prometheus.py, LiteLLM 1.108.10).",
  repair: "add prometheus to litellm_settings.callbacks",
  check: (context) => {
    const lists = ["callbacks", "success_callback", "failure_callback"];
    const isOn = lists.some((list) => context.texts(["litellm_settings", list]).some(({ text }) => text === "prometheus"));
    if (isOn || context.has(["include"])) return [];
    return SETTINGS.filter((name) => context.has(["litellm_settings", name])).map((name) =>
      context.foundAtName(metricsSettingsUnused, ["litellm_settings", name], {
        message: "the prometheus callback is in no list of callbacks, so this has no effect",
        repair: metricsSettingsUnused.repair,
      }),
    );
  },
};
