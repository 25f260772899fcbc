import type { Guardrail } from "../guardrail";
import { isSet } from "../values";

export const guardDatabasePublic: Guardrail = {
  id: "guard-database-public",
  severity: "error",
  summary: "a database has a public address",
  why: "Only its security group stands between it and the internet. It holds every virtual key's hash, every budget and, where they are logged, prompts.",
  repair: "set publicly_accessible = false",
  check: (stack) =>
    stack
      .resources("aws_db_instance", "aws_rds_cluster_instance")
      .filter(({ attributes: { publicly_accessible: open } }) => isSet(open) && open !== false && open !== "false")
      .map((resource) => ({ resource, attribute: "publicly_accessible", message: "the database has a public address" })),
};
