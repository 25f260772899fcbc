import * as z from "zod";
import type { CatalogueSchemas, Overrides } from "./from-catalogue";
import { AS_WRITTEN, listOf, mappingOf, oneOf, text, toggle } from "./scalars";

const name = text({ strictText: true, strictSwitch: true });
const names = listOf(name);

/**
 * `fallbacks` and its kin: a list of one-name mappings to lists. A target given as text ends LiteLLM's start-up, as
 * does a mapping in the place of the list (`Router.validate_fallbacks`, LiteLLM 1.108.10).
 */
export const fallbackList: z.ZodType = listOf(
  mappingOf(listOf(z.union([name, mappingOf(z.unknown())])))
    .refine((mapping) => Object.keys(mapping as object).length === 1, {
      error: "each item of this list names exactly one model group",
    })
    .describe("`group: [group, ...]`"),
);

/** What `router_settings` and `litellm_settings` share. */
export function fallbackSettings(): Overrides {
  return {
    fallbacks: fallbackList,
    context_window_fallbacks: fallbackList,
    content_policy_fallbacks: fallbackList,
    default_fallbacks: names,
  };
}

/** The settings of the Router that the catalogue's types do not tell enough about (`litellm/router.py`, 1.108.10). */
export function routerSettings(schemas: CatalogueSchemas): Overrides {
  const strategy = oneOf(schemas.catalogue.enumerations.routing_strategies ?? []);
  const retryPolicy = schemas.model("RetryPolicy");
  return {
    ...fallbackSettings(),
    routing_strategy: strategy,
    routing_groups: listOf(schemas.model("RoutingGroup", { routing_strategy: strategy })),
    model_group_alias: mappingOf(z.union([name, schemas.model("RouterModelGroupAliasItem", { hidden: toggle(AS_WRITTEN) })])),
    retry_policy: retryPolicy,
    model_group_retry_policy: mappingOf(retryPolicy),
    allowed_fails_policy: schemas.model("AllowedFailsPolicy"),
    provider_budget_config: mappingOf(schemas.model("BudgetConfig")),
    optional_pre_call_checks: names,
    model_group_affinity_config: mappingOf(names),
    caching_groups: listOf(names),
    plugins: names,
  };
}
