import type { LintRule } from "../lint-rule";

/** A deployment whose id LiteLLM makes up. */
export const deploymentIdMissing: LintRule = {
  id: "deployment-id-missing",
  severity: "note",
  summary: "a deployment has no model_info.id",
  why: "LiteLLM then makes one from the group's name and all litellm_params, the values of secrets among them. A rotated key makes it another deployment: its cooldowns, affinity, spend and the metric label model_id start anew (Router._generate_model_id in litellm/router.py, LiteLLM 1.108.10).",
  repair: "add a model_info.id that stays",
  check: (context) =>
    context.deployments
      .filter(({ id, model, params }) => id === undefined && model !== undefined && params?.entries.has("api_key"))
      .map(({ path, group }) =>
        context.found(deploymentIdMissing, path, {
          message: "this deployment has no id, so it becomes another one when its key is rotated",
          repair: `add model_info: { id: ${idFor(group)} }`,
        }),
      ),
};

function idFor(group: string | undefined): string {
  return `${(group ?? "deployment").replace(/[^\w.-]+/g, "-").replace(/^-+|-+$/g, "") || "deployment"}-1`;
}
