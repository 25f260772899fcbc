import { toValue } from "../../../source";
import type { Deployment } from "../deployment";
import type { LintRule } from "../lint-rule";

/** What keeps two deployments of one group apart on purpose. */
const MARKS = new Set(["weight", "order", "tpm", "rpm"]);

/** Two deployments of one group that are the same in all that is sent. */
export const deploymentDuplicate: LintRule = {
  id: "deployment-duplicate",
  severity: "warning",
  summary: "a model group holds the same deployment twice",
  why: "Both have the same provider, address and key, so they share one quota and fail together: a second one gives no more capacity and no more reliability. Often it is a copy whose key or region was not changed.",
  repair: "remove one, change what should differ, or say that it is meant with weight or order",
  check: (context) => {
    const first = new Map<string, number>();
    return context.deployments.flatMap((deployment) => {
      const key = keyOf(deployment);
      if (key === undefined) return [];
      const line = first.get(key);
      first.set(key, line ?? deployment.node.place.line);
      if (line === undefined) return [];
      return [
        context.found(deploymentDuplicate, deployment.path, {
          message: `the deployment in line ${line} of the same group has the same litellm_params`,
          repair: deploymentDuplicate.repair,
        }),
      ];
    });
  },
};

function keyOf({ group, params, info }: Deployment): string | undefined {
  if (group === undefined || !params || params.entries.size === 0) return undefined;
  if ([...params.entries.keys()].some((name) => MARKS.has(name))) return undefined;
  const sorted = [...params.entries]
    .map(([name, { node }]) => [name, toValue(node)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  // Deployments of different teams or environments are never in use together.
  const scope = ["team_id", "supported_environments"]
    .map((name) => info?.entries.get(name)?.node)
    .map((node) => node && toValue(node));
  return JSON.stringify([group, sorted, scope]);
}
