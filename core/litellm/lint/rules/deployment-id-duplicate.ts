import type { LintRule } from "../lint-rule";

/** Two deployments with one id. */
export const deploymentIdDuplicate: LintRule = {
  id: "deployment-id-duplicate",
  severity: "error",
  summary: "two deployments have the same model_info.id",
  why: "Cooldowns, budgets, spend, health and the metric label model_id belong to the id, so LiteLLM takes the two for one: when one fails, both are taken out (litellm/router.py; loads without a word in LiteLLM 1.108.10).",
  repair: "give each deployment an id of its own",
  check: (context) => {
    const first = new Map<string, number>();
    return context.deployments.flatMap(({ id, path, node }) => {
      if (id === undefined || id.startsWith("os.environ/")) return [];
      const line = first.get(id);
      first.set(id, line ?? node.place.line);
      if (line === undefined) return [];
      return [
        context.found(deploymentIdDuplicate, [...path, "model_info", "id"], {
          message: `the deployment in line ${line} has the id ${id} too`,
          repair: deploymentIdDuplicate.repair,
        }),
      ];
    });
  },
};
