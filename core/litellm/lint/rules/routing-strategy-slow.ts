import type { LintRule } from "../lint-rule";

const SLOW = new Set(["usage-based-routing", "usage-based-routing-v2"]);

/** A routing strategy that LiteLLM advises against. */
export const routingStrategySlow: LintRule = {
  id: "routing-strategy-slow",
  severity: "warning",
  summary: "this routing strategy asks Redis at every request",
  why: "LiteLLM's documentation advises against usage-based routing for production, because it reads and writes counters in Redis for each request, and recommends simple-shuffle with rpm, tpm or weight (docs: routing and proxy/prod).",
  repair: "write simple-shuffle; it takes rpm, tpm and weight of deployments into account",
  check: (context) => {
    const path = ["router_settings", "routing_strategy"];
    const strategy = context.text(path) ?? "";
    if (!SLOW.has(strategy)) return [];
    const message = `${strategy} asks for counters at every request, and LiteLLM advises against it`;
    return [context.found(routingStrategySlow, path, { message, repair: routingStrategySlow.repair })];
  },
};
