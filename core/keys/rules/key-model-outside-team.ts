import type { KeysRule } from "./context";

/** A key for a model that its team may not use. */
export const keyModelOutsideTeam: KeysRule = {
  id: "key-model-outside-team",
  severity: "error",
  summary: "a key names a model that its team may not use",
  why: "LiteLLM checks the team's list too, so every request for the model is refused with 403.",
  repair: "add the model to the team, or take it from the key",
  check: (context) =>
    context.keys.flatMap(({ key, path }) => {
      const allowed = context.teamOf(key)?.models ?? [];
      if (allowed.length === 0 || allowed.some((model) => model === "all-proxy-models" || model.includes("*"))) return [];
      return (key.models ?? []).flatMap((model, index) =>
        model.startsWith("all-") || model === "no-default-models" || allowed.includes(model)
          ? []
          : [
              context.found(keyModelOutsideTeam, [...path, "models", index], {
                message: `team ${key.team_id} may not use this model`,
                got: model,
                expected: allowed.join(", "),
                repair: keyModelOutsideTeam.repair,
              }),
            ],
      );
    }),
};
