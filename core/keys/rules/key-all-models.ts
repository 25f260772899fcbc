import { isEveryModel } from "../reach";
import { ROLES } from "../roles";
import type { KeysRule } from "./context";

const OF_THE_TEAM = "all-team-models";

/** A key for every model, those to come included. */
export const keyAllModels: KeysRule = {
  id: "key-all-models",
  severity: "error",
  summary: "a key may use every model",
  why: "An empty list means all models in LiteLLM, also the dear ones that are added next year (tried with LiteLLM 1.108.10).",
  repair: "write models: with the names that it needs, or all-team-models where the team has a list",
  check: (context) =>
    context.keys.flatMap(({ name, key, path }) => {
      const models = key.models ?? [];
      const limitedByTeam = (context.teamOf(key)?.models ?? []).some((model) => !isEveryModel(model));
      const all = models.find((model) => isEveryModel(model) || (model === OF_THE_TEAM && !limitedByTeam));
      if (all !== undefined) {
        const at = [...path, "models", models.indexOf(all)];
        return [context.found(keyAllModels, at, { message: `${all} allows ${name} every model`, repair: keyAllModels.repair })];
      }
      if (models.length > 0 || (key.role && ROLES[key.role].withoutModels)) return [];
      return [
        context.foundAtName(keyAllModels, path, {
          message: `without a list ${name} may use every model`,
          repair: keyAllModels.repair,
        }),
      ];
    }),
};
