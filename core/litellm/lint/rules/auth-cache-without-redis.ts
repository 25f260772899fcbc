import type { LintRule } from "../lint-rule";

const SETTING = ["litellm_settings", "enable_redis_auth_cache"];

/** A shared cache of keys without Redis. */
export const authCacheWithoutRedis: LintRule = {
  id: "auth-cache-without-redis",
  severity: "error",
  summary: "enable_redis_auth_cache is on without a Redis cache",
  why: "The keys that were looked up are shared through the Redis client of the response cache. Where there is none, each worker keeps its own, without a word (_attach_redis_usage_cache in litellm/proxy/proxy_server.py, LiteLLM 1.108.10).",
  repair: "add cache: true and cache_params of type redis",
  check: (context) => {
    const type = context.text(["litellm_settings", "cache_params", "type"]) ?? "redis";
    const hasRedis = context.isOn(["litellm_settings", "cache"]) && type === "redis";
    if (!context.isOn(SETTING) || hasRedis || context.has(["general_settings", "coordination_redis"])) return [];
    const message = "there is no Redis cache for it to use, so nothing is shared";
    return [context.foundAtName(authCacheWithoutRedis, SETTING, { message, repair: authCacheWithoutRedis.repair })];
  },
};
