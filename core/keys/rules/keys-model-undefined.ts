import { nearestName } from "../../findings";
import type { Path } from "../../source";
import type { KeysContext, KeysRule } from "./context";

/** A model that the gateway does not have. */
export const keysModelUndefined: KeysRule = {
  id: "keys-model-undefined",
  severity: "error",
  summary: "a key or team is for a model that the gateway does not have",
  why: "LiteLLM takes any name without a check, and refuses the requests (tried with LiteLLM 1.108.10).",
  repair: "write a model_name of litellm.config.model_list",
  check: (context) =>
    lists(context).flatMap(({ path, models }) =>
      models.flatMap((model, index) => {
        if (SPECIAL.includes(model) || model.includes("*") || context.gateway.serves(model)) return [];
        const near = nearestName(model, context.gateway.models);
        return [
          context.found(keysModelUndefined, [...path, index], {
            message: "the gateway has no such model",
            got: model,
            repair: near ? `did you mean ${near}?` : keysModelUndefined.repair,
          }),
        ];
      }),
    ),
};

const SPECIAL = ["all-proxy-models", "all-team-models", "no-default-models"];

function lists(context: KeysContext): { path: Path; models: readonly string[] }[] {
  return (["keys", "teams", "users"] as const).flatMap((kind) =>
    context.entries(kind).map(([name, { models = [] }]) => ({ path: [kind, name, "models"], models })),
  );
}
