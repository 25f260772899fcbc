import type { LintRule } from "../lint-rule";

/** Prometheus as a callback of successes alone. */
export const prometheusWithoutFailures: LintRule = {
  id: "prometheus-without-failures",
  severity: "warning",
  summary: "prometheus hears of successes alone",
  why: "A name in success_callback is called for requests that succeed. Failures, and what is counted before a request, reach callbacks alone, so error rates stay at zero (load_config in litellm/proxy/proxy_server.py, LiteLLM 1.108.10; docs: proxy/prometheus).",
  repair: "name prometheus under callbacks instead",
  check: (context) => {
    const hasAll = context.texts(["litellm_settings", "callbacks"]).some(({ text }) => text === "prometheus");
    const hasFailures = context.texts(["litellm_settings", "failure_callback"]).some(({ text }) => text === "prometheus");
    if (hasAll || hasFailures) return [];
    return context
      .texts(["litellm_settings", "success_callback"])
      .filter(({ text }) => text === "prometheus")
      .map(({ path }) =>
        context.found(prometheusWithoutFailures, path, {
          message: "failed requests are not counted",
          repair: "move prometheus to litellm_settings.callbacks",
        }),
      );
  },
};
