import type { Guardrail } from "../guardrail";
import { isTrue } from "../values";

export const guardDatabaseUnencrypted: Guardrail = {
  id: "guard-database-unencrypted",
  severity: "error",
  summary: "a database's storage is not encrypted",
  why: "Snapshots and backups of it are readable too, and encryption cannot be switched on in place: the database has to be made again.",
  repair: "set storage_encrypted = true, and a key of your own in kms_key_id",
  check: (stack) =>
    stack
      .resources("aws_db_instance", "aws_rds_cluster")
      .filter(({ attributes }) => !isTrue(attributes.storage_encrypted))
      .map((resource) => ({ resource, attribute: "storage_encrypted", message: "the storage is not encrypted" })),
};
