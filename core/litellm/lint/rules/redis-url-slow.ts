import type { LintRule } from "../lint-rule";

const PLACES = [
  ["router_settings", "redis_url"],
  ["litellm_settings", "cache_params", "url"],
];

/** The slow way to name Redis. */
export const redisUrlSlow: LintRule = {
  id: "redis-url-slow",
  severity: "warning",
  summary: "Redis is named by a URL",
  why: "LiteLLM's own production page measured that redis_url costs about 80 requests a second against host, port and password (docs: proxy/prod).",
  repair: "name host, port and password one by one",
  check: (context) =>
    PLACES.filter((path) => context.has(path)).map((path) =>
      context.foundAtName(redisUrlSlow, path, {
        message: "a URL is the slow way to name Redis",
        repair:
          path[0] === "router_settings" ? "write redis_host, redis_port and redis_password" : "write host, port and password",
      }),
    ),
};
