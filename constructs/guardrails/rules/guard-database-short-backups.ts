import type { Guardrail } from "../guardrail";
import { numberOf } from "../values";

/** A mistake of a Friday is still there on the Friday after. */
const LEAST_DAYS = 7;

export const guardDatabaseShortBackups: Guardrail = {
  id: "guard-database-short-backups",
  severity: "error",
  elsewhere: "note",
  summary: `a database's backups are kept for less than ${LEAST_DAYS} days`,
  why: "Restoring to a point in time reaches back as far as the backups do. With 0 days there are none, and point-in-time recovery is off.",
  repair: `set backup_retention_period to ${LEAST_DAYS} days at least`,
  check: (stack) =>
    stack
      .resources("aws_db_instance", "aws_rds_cluster")
      .filter(({ attributes }) => (numberOf(attributes.backup_retention_period) ?? 0) < LEAST_DAYS)
      .map((resource) => ({
        resource,
        attribute: "backup_retention_period",
        message: "backups are kept too short to notice a mistake",
        expected: `${LEAST_DAYS} or more`,
      })),
};
