import type { LintContext, PlacedText } from "./context";

const CONFIG = ["litellm_settings", "prometheus_metrics_config"];

/** The labels that a metric has in this configuration, tags and metadata of one's own among them; undefined for an unknown one. */
export function labelsOf(context: LintContext, metric: string): Set<string> | undefined {
  const known = context.catalogue.metrics.get(metric);
  return (
    known &&
    new Set([...known.labels, ...Object.keys(known.optional), ...Object.values(known.optional).flat(), ...customLabels(context)])
  );
}

/** Labels that `custom_prometheus_tags` and `custom_prometheus_metadata_labels` add to metrics. */
export function customLabels(context: LintContext): string[] {
  return customLabelsWithPlace(context).map(({ label }) => label);
}

/** The same, with where each is written. */
export function customLabelsWithPlace(context: LintContext): (PlacedText & { readonly label: string })[] {
  const tags = context.texts(["litellm_settings", "custom_prometheus_tags"]);
  const metadata = context.texts(["litellm_settings", "custom_prometheus_metadata_labels"]);
  return [
    ...tags.map((tag) => ({ ...tag, label: sanitized(`tag_${tag.text}`) })),
    ...metadata.map((path) => ({ ...path, label: sanitized(path.text) })),
  ];
}

/** The items of `prometheus_metrics_config`: the metrics of each and the labels that they are cut down to. */
export function metricGroups(context: LintContext): { metrics: PlacedText[]; labels: PlacedText[] }[] {
  return context.items(CONFIG).map((_, index) => ({
    metrics: context.texts([...CONFIG, index, "metrics"]),
    labels: context.texts([...CONFIG, index, "include_labels"]),
  }));
}

/** `sanitize_prometheus_label_name` in litellm/types/integrations/prometheus.py, LiteLLM 1.108.10. */
function sanitized(name: string): string {
  const label = name.replace(/[^a-zA-Z0-9_]/g, "_");
  return /^[a-zA-Z_]/.test(label) ? label : `_${label}`;
}
