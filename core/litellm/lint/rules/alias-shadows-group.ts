import type { LintRule } from "../lint-rule";

/** An alias with the name of a model group. */
export const aliasShadowsGroup: LintRule = {
  id: "alias-shadows-group",
  severity: "error",
  summary: "an alias has the name of a model group",
  why: "The alias is looked up first (Router._common_checks_available_deployment in litellm/router.py, LiteLLM 1.108.10), so nobody can reach the group of that name any more, and its deployments stand idle.",
  repair: "rename the alias, or remove the group",
  check: (context) =>
    [...context.groups.aliases]
      .filter(([alias, target]) => context.groups.names.has(alias) && alias !== target)
      .map(([alias, target]) =>
        context.foundAtName(aliasShadowsGroup, ["router_settings", "model_group_alias", alias], {
          message: `${alias} is a model group too, and requests for it go to ${target} instead`,
          repair: aliasShadowsGroup.repair,
        }),
      ),
};
