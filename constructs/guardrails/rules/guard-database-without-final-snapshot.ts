import type { Guardrail } from "../guardrail";
import { isSet } from "../values";

export const guardDatabaseWithoutFinalSnapshot: Guardrail = {
  id: "guard-database-without-final-snapshot",
  severity: "error",
  elsewhere: "note",
  summary: "deleting a database deletes its data for good",
  why: "Automated backups end with the instance unless they are kept. The final snapshot is what is left when a replacement was not meant.",
  repair: "set skip_final_snapshot = false, and final_snapshot_identifier",
  check: (stack) =>
    stack.resources("aws_db_instance", "aws_rds_cluster").flatMap((resource) => {
      const { skip_final_snapshot: skip, final_snapshot_identifier: name } = resource.attributes;
      const skips = isSet(skip) && skip !== false && skip !== "false";
      if (skips) return [{ resource, attribute: "skip_final_snapshot", message: "no final snapshot would be made" }];
      const message = "a final snapshot without a name: destroying would fail half-way";
      return isSet(name) ? [] : [{ resource, attribute: "final_snapshot_identifier", message }];
    }),
};
