import type { Guardrail } from "../guardrail";
import type { Resource, StackView } from "../stack-view";
import { isSet, isTrue, names } from "../values";

export const guardDatabaseSingleZone: Guardrail = {
  id: "guard-database-single-zone",
  severity: "error",
  elsewhere: "off",
  summary: "a production database runs in one availability zone",
  why: "When the zone fails, or the instance is patched, LiteLLM cannot check a key: the whole gateway stands still until RDS has made another.",
  repair: "set multi_az = true; for Aurora add a second instance",
  check: (stack) => [
    ...stack
      .resources("aws_db_instance")
      .filter(({ attributes }) => !isSet(attributes.replicate_source_db) && !isTrue(attributes.multi_az))
      .map((resource) => ({ resource, attribute: "multi_az", message: "there is no standby in another zone" })),
    ...stack
      .resources("aws_rds_cluster")
      .filter((cluster) => !isTrue(cluster.attributes.multi_az) && instancesOf(stack, cluster) < 2)
      .map((resource) => ({ resource, message: "the cluster has fewer than two instances in this stack" })),
  ],
};

function instancesOf(stack: StackView, cluster: Resource): number {
  const instances = stack.resources("aws_rds_cluster_instance");
  return instances.filter(({ attributes }) => names(attributes.cluster_identifier, cluster)).length;
}
