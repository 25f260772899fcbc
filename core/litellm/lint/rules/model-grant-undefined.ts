import { nearestName } from "../../../findings";
import type { Path } from "../../../source";
import type { LintContext, PlacedText } from "../context";
import type { LintRule } from "../lint-rule";

/** Names that mean several models, or none. */
const SPECIAL = new Set(["all-team-models", "all-proxy-models", "no-default-models", "*"]);
const GRANTS = ["default_internal_user_params", "default_team_params", "default_key_generate_params"];

/** Default rights on a model that nothing serves. */
export const modelGrantUndefined: LintRule = {
  id: "model-grant-undefined",
  severity: "warning",
  summary: "default rights name a model that nothing serves",
  why: "New users, teams and keys are given these models. A name that is no model group, alias, access group or wildcard grants nothing, and LiteLLM does not check it (models of /key/generate, tried with LiteLLM 1.108.10).",
  repair: "name a model group, an alias or an access group",
  check: (context) => {
    const accessGroups = new Set(context.deployments.flatMap(({ path }) => accessGroupsAt(context, path)));
    return grants(context)
      .filter(({ text }) => !SPECIAL.has(text) && !accessGroups.has(text) && !text.includes("*") && !context.groups.serves(text))
      .map(({ text, path }) => {
        const near = nearestName(text, [...context.groups.known(), ...accessGroups]);
        return context.found(modelGrantUndefined, path, {
          message: `${text} is no model group, alias or access group, so this grants nothing`,
          repair: near ? `did you mean ${near}?` : modelGrantUndefined.repair,
        });
      });
  },
};

function accessGroupsAt(context: LintContext, deployment: Path): string[] {
  return context.texts([...deployment, "model_info", "access_groups"]).map(({ text }) => text);
}

function grants(context: LintContext): PlacedText[] {
  return GRANTS.flatMap((setting) => context.texts(["litellm_settings", setting, "models"]));
}
