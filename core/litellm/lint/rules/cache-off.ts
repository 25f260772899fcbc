import type { LintRule } from "../lint-rule";

/** Parameters of a cache that is off. */
export const cacheOff: LintRule = {
  id: "cache-off",
  severity: "error",
  summary: "cache_params are set and the cache is off",
  why: 'LiteLLM looks at cache_params only where litellm_settings.cache is true; text such as "true" is not (load_config in litellm/proxy/proxy_server.py, LiteLLM 1.108.10). Nothing is cached, and limits are not shared.',
  repair: "add litellm_settings.cache: true, or remove cache_params",
  check: (context) => {
    const value = context.value(["litellm_settings", "cache"]);
    if (context.entries(["litellm_settings", "cache_params"]).length === 0 || value === true) return [];
    if (context.has(["include"])) return [];
    return [
      context.foundAtName(cacheOff, ["litellm_settings", "cache_params"], {
        message: value === false ? "cache is false, so these are not looked at" : "without cache: true these are not looked at",
        repair: cacheOff.repair,
      }),
    ];
  },
};
