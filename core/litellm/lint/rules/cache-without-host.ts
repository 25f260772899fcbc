import type { LintRule } from "../lint-rule";

const PARAMS = ["litellm_settings", "cache_params"];
const REDIS = new Set(["redis", "redis-semantic"]);
const ADDRESSES = [
  "host",
  "url",
  "redis_startup_nodes",
  "startup_nodes",
  "sentinel_nodes",
  "redis_url",
  "host_port",
  "connection_pool",
];
const VARIABLES = ["REDIS_HOST", "REDIS_URL", "REDIS_CLUSTER_NODES", "REDIS_SENTINEL_NODES"];

/** A Redis cache without Redis. */
export const cacheWithoutHost: LintRule = {
  id: "cache-without-host",
  severity: "error",
  summary: "the cache is on and has no address",
  why: "cache: true means Redis unless cache_params says otherwise. Without an address there or in REDIS_HOST or REDIS_URL, LiteLLM does not start: Either 'host' or 'url' must be specified for redis (litellm/_redis.py, tried with LiteLLM 1.108.10).",
  repair: "add cache_params with type, host and port, or cache_params: { type: local } for one gateway",
  check: (context) => {
    if (!context.isOn(["litellm_settings", "cache"])) return [];
    const type = context.text([...PARAMS, "type"]) ?? "redis";
    if (!REDIS.has(type) || ADDRESSES.some((name) => context.has([...PARAMS, name]))) return [];
    if (VARIABLES.some((name) => context.hasVariable(name))) return [];
    const unless = context.surroundings.variables ? "" : `, unless the gateway has ${VARIABLES[0]} or ${VARIABLES[1]}`;
    const finding = context.foundAtName(cacheWithoutHost, ["litellm_settings", "cache"], {
      message: `the cache is Redis and has no address: LiteLLM does not start${unless}`,
      repair: cacheWithoutHost.repair,
    });
    return [context.surroundings.variables ? finding : { ...finding, severity: "warning" }];
  },
};
