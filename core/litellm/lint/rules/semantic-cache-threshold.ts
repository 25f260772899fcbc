import type { LintRule } from "../lint-rule";

const PARAMS = ["litellm_settings", "cache_params"];
const SEMANTIC = new Set(["redis-semantic", "qdrant-semantic", "valkey-semantic"]);

/** A semantic cache that does not say how alike is alike enough. */
export const semanticCacheThreshold: LintRule = {
  id: "semantic-cache-threshold",
  severity: "error",
  summary: "a semantic cache has no similarity_threshold",
  why: "LiteLLM does not start: similarity_threshold must be provided (litellm/caching/redis_semantic_cache.py, qdrant_semantic_cache.py and valkey_semantic_cache.py, LiteLLM 1.108.10).",
  repair: "add similarity_threshold, such as 0.8",
  check: (context) => {
    const type = [...PARAMS, "type"];
    if (!SEMANTIC.has(context.text(type) ?? "") || context.has([...PARAMS, "similarity_threshold"])) return [];
    if (!context.isOn(["litellm_settings", "cache"])) return [];
    const message = "without similarity_threshold LiteLLM does not start";
    return [context.found(semanticCacheThreshold, type, { message, repair: "add similarity_threshold: 0.8 to cache_params" })];
  },
};
