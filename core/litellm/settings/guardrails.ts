import * as z from "zod";
import { closedMapping } from "../../source";
import type { CatalogueSchemas } from "./from-catalogue";
import { AS_WRITTEN, EITHER_WAY, listOf, mappingOf, oneOf, text } from "./scalars";

/** The top-level list of guardrails. */
export function guardrails(schemas: CatalogueSchemas): z.ZodType {
  const item = schemas.model(
    "Guardrail",
    { litellm_params: guardrailParams(schemas), guardrail_info: mappingOf(z.unknown()) },
    { required: ["guardrail_name", "litellm_params"] },
  );
  return listOf(item);
}

function guardrailParams(schemas: CatalogueSchemas): z.ZodType {
  // LiteLLM folds the case of modes before it looks at them.
  const mode = oneOf(schemas.catalogue.enumerations.guardrail_modes ?? [], { ignoreCase: true });
  const shape = schemas.shape("guardrail_params", EITHER_WAY, {
    guardrail: text(AS_WRITTEN),
    mode: z.union([mode, listOf(mode), mappingOf(z.unknown())]),
  });
  return closedMapping(shape, { required: ["guardrail", "mode"], accepts: (_, params) => isCustom(params.guardrail) });
}

/** A guardrail given as a Python path gets all its parameters as arguments, whatever they are called. */
function isCustom(guardrail: unknown): boolean {
  return typeof guardrail === "string" && guardrail.includes(".");
}
