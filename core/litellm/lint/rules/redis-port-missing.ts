import type { LintRule } from "../lint-rule";

/** A Redis host without its port. */
export const redisPortMissing: LintRule = {
  id: "redis-port-missing",
  severity: "error",
  summary: "router_settings names a Redis host and no port",
  why: "The router uses Redis where it has redis_url, or redis_host and redis_port. With the host alone it uses none, without a word, and every gateway counts limits for itself (Router.__init__ in litellm/router.py, LiteLLM 1.108.10).",
  repair: "add redis_port",
  check: (context) => {
    const host = ["router_settings", "redis_host"];
    if (!context.has(host) || ["redis_port", "redis_url"].some((name) => context.has(["router_settings", name]))) return [];
    const message = "without redis_port the router uses no Redis at all";
    return [context.foundAtName(redisPortMissing, host, { message, repair: "add redis_port: 6379" })];
  },
};
