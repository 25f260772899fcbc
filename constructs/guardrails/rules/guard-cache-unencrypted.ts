import type { Guardrail } from "../guardrail";
import { isTrue } from "../values";

export const guardCacheUnencrypted: Guardrail = {
  id: "guard-cache-unencrypted",
  severity: "error",
  summary: "a cache's storage is not encrypted",
  why: "Cached answers hold what people asked. Encryption at rest cannot be switched on in place.",
  repair: "set at_rest_encryption_enabled = true, and a key of your own in kms_key_id",
  check: (stack) =>
    stack
      .resources("aws_elasticache_replication_group")
      .filter(({ attributes }) => !isTrue(attributes.at_rest_encryption_enabled))
      .map((resource) => ({ resource, attribute: "at_rest_encryption_enabled", message: "the storage is not encrypted" })),
};
