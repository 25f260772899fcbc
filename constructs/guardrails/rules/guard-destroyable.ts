import type { Guardrail } from "../guardrail";
import { blocks, isTrue } from "../values";

/** What holds data, or makes other data unreadable when it is gone. */
const STATEFUL = ["aws_db_instance", "aws_kms_key", "aws_rds_cluster", "aws_s3_bucket"];

export const guardDestroyable: Guardrail = {
  id: "guard-destroyable",
  severity: "error",
  elsewhere: "note",
  summary: "what holds data may be destroyed or replaced by Terraform",
  why: "A changed name or a moved construct is a replacement, and a plan of a hundred lines hides it. With prevent_destroy the plan itself fails.",
  repair: "set prevent_destroy = true in its lifecycle",
  check: (stack) =>
    stack
      .resources(...STATEFUL)
      .filter(({ attributes }) => !blocks(attributes.lifecycle).some(({ prevent_destroy: prevented }) => isTrue(prevented)))
      .map((resource) => ({
        resource,
        attribute: "lifecycle",
        message: "Terraform may destroy or replace it",
        got: "no prevent_destroy",
      })),
};
