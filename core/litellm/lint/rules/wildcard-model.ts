import type { LintRule } from "../lint-rule";

/** A model group that stands for every model of a provider. */
export const wildcardModel: LintRule = {
  id: "wildcard-model",
  severity: "note",
  summary: "a wildcard lets clients call every model of a provider",
  why: "Whoever may use the group may call the provider's dearest model, and those that come out tomorrow; LiteLLM takes their prices from its list and counts a model that the list lacks as free (docs: wildcard routing).",
  repair: "name the models one by one, or see that every key has a budget",
  check: (context) =>
    context.deployments
      .filter(({ group }) => group?.includes("*"))
      .map(({ path, group }) =>
        context.found(wildcardModel, [...path, "model_name"], {
          message: `${group} lets clients call every model that matches, at any price`,
          repair: wildcardModel.repair,
        }),
      ),
};
