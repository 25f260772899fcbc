import * as z from "zod";
import { closedMapping } from "../../source";
import type { CatalogueSchemas, Overrides } from "./from-catalogue";
import { fallbackSettings } from "./routing";
import { AS_WRITTEN, listOf, mappingOf, oneOf, text, toggle } from "./scalars";

const name = text(AS_WRITTEN);
const names = listOf(name);
const anyMapping = mappingOf(z.unknown());

/** One guardrail, its settings below its name. An item in the form of the top level ends LiteLLM's start-up here. */
const olderGuardrail = mappingOf(z.unknown())
  .refine((item) => !Object.hasOwn(item as object, "guardrail_name"), {
    error: "guardrails with a guardrail_name belong under guardrails at the top level",
  })
  .pipe(mappingOf(anyMapping));

/** The settings of the litellm module that its loader handles by name (`load_config`, LiteLLM 1.108.10). */
export function moduleSettings(schemas: CatalogueSchemas): Overrides {
  return {
    ...fallbackSettings(),
    cache: toggle(AS_WRITTEN),
    cache_params: cacheParams(schemas),
    // Given as text, the loader goes through these letter by letter; only `callbacks` may be one path to import.
    success_callback: names,
    failure_callback: names,
    audit_log_callbacks: names,
    service_callback: names,
    callbacks: z.union([name, names]),
    post_call_rules: name,
    custom_provider_map: listOf(
      closedMapping({ provider: name, custom_handler: name }, { required: ["provider", "custom_handler"] }),
    ),
    default_internal_user_params: anyMapping,
    default_team_params: anyMapping,
    default_team_settings: listOf(schemas.model("TeamDefaultSettings")),
    upperbound_key_generate_params: schemas.model("LiteLLM_UpperboundKeyGenerateParams"),
    default_key_generate_params: anyMapping,
    model_group_settings: schemas.model("ModelGroupSettings"),
    priority_reservation: anyMapping,
    priority_reservation_settings: schemas.model("PriorityReservationSettings"),
    prometheus_metrics_config: listOf(schemas.model("PrometheusMetricsConfig")),
    responses: anyMapping,
    guardrails: listOf(olderGuardrail),
    mcp_aliases: mappingOf(name),
    // Handed on to the provider as it is.
    vertex_ai_safety_settings: z.union([listOf(anyMapping), anyMapping]),
  };
}

/** `cache_params`: the arguments of the cache, and of the Redis client behind it. */
function cacheParams(schemas: CatalogueSchemas): z.ZodType {
  return closedMapping(
    schemas.shape("cache_params", AS_WRITTEN, {
      type: oneOf(schemas.catalogue.enumerations.cache_types ?? []),
      supported_call_types: names,
      redis_startup_nodes: listOf(anyMapping),
      startup_nodes: listOf(anyMapping),
      sentinel_nodes: listOf(listOf(name)),
    }),
  );
}
