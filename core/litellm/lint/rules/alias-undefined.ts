import { nearestName } from "../../../findings";
import type { LintRule } from "../lint-rule";

/** An alias that stands for nothing. */
export const aliasUndefined: LintRule = {
  id: "alias-undefined",
  severity: "error",
  summary: "an alias stands for a model group that does not exist",
  why: "LiteLLM resolves an alias once, to what is written, and then finds no deployment: every request for the alias fails (resolve_model_group_alias in litellm/router_utils/common_utils.py, LiteLLM 1.108.10). An alias of an alias is not resolved either.",
  repair: "name a group of model_list",
  check: (context) => {
    const { groups } = context;
    return [...groups.aliases].flatMap(([alias, target]) => {
      const isAlias = groups.complete && groups.aliases.has(target) && !groups.names.has(target);
      if (groups.serves(target) && !isAlias) return [];
      const near = nearestName(target, groups.names);
      const final = isAlias ? groups.aliases.get(target) : undefined;
      return [
        context.found(aliasUndefined, ["router_settings", "model_group_alias", alias], {
          message: isAlias ? `${target} is itself an alias, and only one step is taken` : `no model group is called ${target}`,
          repair: final ? `write ${final}` : near ? `did you mean ${near}?` : aliasUndefined.repair,
        }),
      ];
    });
  },
};
