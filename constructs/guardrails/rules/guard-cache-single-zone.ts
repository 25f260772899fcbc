import type { Guardrail } from "../guardrail";
import { isTrue } from "../values";

export const guardCacheSingleZone: Guardrail = {
  id: "guard-cache-single-zone",
  severity: "error",
  elsewhere: "off",
  summary: "a production cache runs in one availability zone",
  why: "When the zone fails, replicas no longer share limits: each counts for itself, and everybody may spend as often as there are replicas.",
  repair: "set multi_az_enabled = true and automatic_failover_enabled = true, with two nodes at least",
  check: (stack) =>
    stack
      .resources("aws_elasticache_replication_group")
      .filter(({ attributes }) => !isTrue(attributes.multi_az_enabled) || !isTrue(attributes.automatic_failover_enabled))
      .map((resource) => ({ resource, attribute: "multi_az_enabled", message: "there is no standby in another zone" })),
};
