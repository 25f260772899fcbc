import * as z from "zod";
import { nearestName } from "../../findings";
import { closedMapping } from "../../source";
import type { CatalogueSchemas } from "./from-catalogue";
import { AS_WRITTEN, BY_MODEL, EITHER_WAY, listOf, mappingOf, number, text, toggle } from "./scalars";

/** Shorter names are near to too much. */
const SHORTEST_NEAR_MISS = 4;

/** The items of `model_list`. `providerParameters`: names in `litellm_params` that are meant for the provider. */
export function deployments(schemas: CatalogueSchemas, providerParameters: ReadonlySet<string>): z.ZodType {
  const item = {
    model_name: text(AS_WRITTEN),
    litellm_params: litellmParams(schemas, providerParameters),
    model_info: modelInfo(schemas).nullable(),
    blocked: toggle(BY_MODEL).nullable(),
    // The limits are looked for here too (`litellm/router_strategy/lowest_tpm_rpm.py`, LiteLLM 1.108.10).
    tpm: number.nullable(),
    rpm: number.nullable(),
  };
  return listOf(closedMapping(item, { required: ["model_name", "litellm_params"] }));
}

function litellmParams(schemas: CatalogueSchemas, providerParameters: ReadonlySet<string>): z.ZodType {
  const names = listOf(text(BY_MODEL));
  const shape = schemas.shape("litellm_params", BY_MODEL, {
    // One deployment for each organization.
    organization: z.union([text(BY_MODEL), names]),
    configurable_clientside_auth_params: listOf(z.union([text(BY_MODEL), mappingOf(z.unknown())])),
    // Read by hand, not by the model.
    weight: number,
    order: number,
    extra_headers: mappingOf(z.unknown()),
    extra_body: mappingOf(z.unknown()),
  });
  return closedMapping(
    { ...shape, model: text(BY_MODEL) },
    { required: ["model"], accepts: (name) => providerParameters.has(name) },
  );
}

/** Free-form names are common here, so only a name that is one slip away from a known one is refused. */
function modelInfo(schemas: CatalogueSchemas): z.ZodType {
  const known = [...schemas.catalogue.sections.model_info.keys()];
  const accepts = (name: string): boolean => name.length < SHORTEST_NEAR_MISS || nearestName(name, known, 1) === undefined;
  // The catalogue lists the modes of priced models; health checks know more of them.
  const overrides = { id: text(EITHER_WAY), mode: text(EITHER_WAY) };
  return closedMapping(schemas.shape("model_info", EITHER_WAY, overrides), { accepts });
}
