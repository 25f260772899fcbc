import type { Guardrail } from "../guardrail";
import { isTrue } from "../values";

export const guardDatabaseWithoutDeletionProtection: Guardrail = {
  id: "guard-database-without-deletion-protection",
  severity: "error",
  elsewhere: "note",
  summary: "a database can be deleted with one call",
  why: "Terraform's prevent_destroy guards against Terraform alone. Deletion protection holds for the console, scripts and other tools too.",
  repair: "set deletion_protection = true",
  check: (stack) =>
    stack
      .resources("aws_db_instance", "aws_rds_cluster")
      .filter(({ attributes }) => !isTrue(attributes.deletion_protection))
      .map((resource) => ({ resource, attribute: "deletion_protection", message: "one call deletes the database" })),
};
