import type { Guardrail } from "../guardrail";
import { isSet } from "../values";

export const guardDatabaseWithoutLogs: Guardrail = {
  id: "guard-database-without-logs",
  severity: "warning",
  elsewhere: "note",
  summary: "a database's logs stay on the instance",
  why: "RDS deletes them there after three days at most by default, and with the instance. Who connected and which statement was slow is asked later than that.",
  repair: 'set enabled_cloudwatch_logs_exports, for PostgreSQL to ["postgresql"] at least',
  check: (stack) =>
    stack
      .resources("aws_db_instance", "aws_rds_cluster")
      .filter(({ attributes }) => !isSet(attributes.enabled_cloudwatch_logs_exports))
      .map((resource) => ({
        resource,
        attribute: "enabled_cloudwatch_logs_exports",
        message: "no log leaves the database",
      })),
};
