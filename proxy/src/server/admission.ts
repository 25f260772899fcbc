import type { Refusal } from "../errors";
import type { ModelList } from "../policy";
import type { Route } from "../routes";
import type { Caller } from "./caller";

/** Whether the caller may use a route at all, and the models allowed on it. */
export function admit(caller: Caller, route: Route): ModelList | Refusal {
  const models = caller.grant.models(route.class);
  if (!models) return { status: 403, code: "route_not_allowed", message: "your groups do not allow this route" };
  if (route.model === "hidden" && !models.any) {
    const message = "this route uses models that cannot be seen in the request, so it needs the right to every model";
    return { status: 403, code: "model_hidden", message };
  }
  return models;
}

/** Whether a model that a request names may be used. LiteLLM takes a list apart at commas, so a name with one is several. */
export function judgeModel(models: ModelList, model: string): Refusal | undefined {
  if (models.any) return undefined;
  if (model.includes(",")) return { status: 400, code: "model_malformed", message: "name one model" };
  if (models.fits(model)) return undefined;
  return { status: 403, code: "model_not_allowed", message: "your groups do not allow this model" };
}

/** Whether a body that names no model may pass. LiteLLM may have a default for it, which the policy would not see. */
export function judgeMissingModel(models: ModelList, route: Route): Refusal | undefined {
  if (models.any || route.model !== "body") return undefined;
  return { status: 400, code: "model_missing", message: "the body names no model" };
}
