import { isFrom } from "../../release";
import type { LintRule } from "../lint-rule";

const SETTING = ["litellm_settings", "require_auth_for_metrics_endpoint"];
/** The first release looked at whose /metrics asks for a key by itself; 1.83.14 does not. */
const CLOSED_SINCE = "1.84.10";

/** Metrics that anybody may read. */
export const metricsOpen: LintRule = {
  id: "metrics-open",
  severity: "warning",
  summary: "anybody who reaches the gateway may read its metrics",
  why: "Metrics name users, teams, keys, models and spend. /metrics asks for a key unless require_auth_for_metrics_endpoint is false; in LiteLLM 1.83 it asks for one only where the setting is true (litellm/__init__.py and litellm/proxy/middleware/prometheus_auth_middleware.py, LiteLLM 1.83.14 to 1.109.1).",
  repair:
    "ask for a key, or serve metrics on a port of their own (PROMETHEUS_METRICS_PORT, from 1.101.0) that only Prometheus reaches",
  check: (context) => {
    if (context.value(SETTING) === false) {
      const message = "anybody who reaches the gateway may read its metrics";
      return [context.foundAtName(metricsOpen, SETTING, { message, repair: metricsOpen.repair })];
    }
    if (isFrom(context.version, CLOSED_SINCE) || context.isOn(SETTING)) return [];
    return ["callbacks", "success_callback"]
      .flatMap((setting) => context.texts(["litellm_settings", setting]))
      .filter(({ text }) => text === "prometheus")
      .slice(0, 1)
      .map(({ path }) =>
        context.found(metricsOpen, path, {
          message: `LiteLLM ${context.version} serves metrics to anybody`,
          repair: "set litellm_settings.require_auth_for_metrics_endpoint: true",
        }),
      );
  },
};
