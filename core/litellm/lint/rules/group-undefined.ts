import { nearestName } from "../../../findings";
import type { Path } from "../../../source";
import type { LintContext, PlacedText } from "../context";
import type { LintRule } from "../lint-rule";

/** A setting for a model group that does not exist. */
export const groupUndefined: LintRule = {
  id: "group-undefined",
  severity: "error",
  summary: "a setting names a model group that does not exist",
  why: "Retry policies, routing groups, affinity and background health checks are looked up by the name of the group (litellm/router.py, LiteLLM 1.108.10). A name that no group has is kept and never met.",
  repair: "name a group of model_list",
  check: (context) =>
    [...keyedByGroup(context), ...listsOfGroups(context)]
      .filter(({ text }) => !context.groups.serves(text))
      .map(({ text, path }) => {
        const near = nearestName(text, context.groups.known());
        return context.foundAtName(groupUndefined, path, {
          message: `no model group is called ${text}, so this has no effect`,
          repair: near ? `did you mean ${near}?` : groupUndefined.repair,
        });
      }),
};

function keyedByGroup(context: LintContext): PlacedText[] {
  return ["model_group_retry_policy", "model_group_affinity_config"].flatMap((setting) => {
    const path: Path = ["router_settings", setting];
    return context.entries(path).map(([text]) => ({ text, path: [...path, text] }));
  });
}

function listsOfGroups(context: LintContext): PlacedText[] {
  const groups = context.items(["router_settings", "routing_groups"]);
  const routed = groups.flatMap((_, index) => context.texts(["router_settings", "routing_groups", index, "models"]));
  const probed = ["router_settings", "general_settings"].flatMap((block) =>
    context.texts([block, "background_health_check_model_groups"]),
  );
  return [...routed, ...probed];
}
