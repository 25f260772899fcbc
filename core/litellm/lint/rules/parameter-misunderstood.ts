import type { LintRule } from "../lint-rule";

/** `priority` and `ttl` of a deployment: neither is what it looks like. */
export const parameterMisunderstood: LintRule = {
  id: "parameter-misunderstood",
  severity: "error",
  summary: "a parameter of a deployment does not do what its name says",
  why: "priority is sent to the provider with every request, where it means nothing or is refused; the order among deployments is called order. ttl is used nowhere: how long answers are cached is set for all models, in cache_params (both tried with LiteLLM 1.108.10).",
  repair: "use order, or cache_params.ttl",
  check: (context) =>
    context.deployments.flatMap(({ path, params }) =>
      Object.entries(ADVICE).flatMap(([name, advice]) =>
        params?.entries.has(name) ? [context.foundAtName(parameterMisunderstood, [...path, "litellm_params", name], advice)] : [],
      ),
    ),
};

const ADVICE = {
  priority: {
    message: "priority is sent to the provider and does not order deployments",
    repair: "write order: 1 for the deployment to use first, order: 2 for the next",
  },
  ttl: {
    message: "ttl has no effect in litellm_params",
    repair: "set litellm_settings.cache_params.ttl, which holds for all models",
  },
};
