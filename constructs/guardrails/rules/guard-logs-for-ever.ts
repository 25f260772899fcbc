import type { Guardrail } from "../guardrail";
import { numberOf } from "../values";

export const guardLogsForEver: Guardrail = {
  id: "guard-logs-for-ever",
  severity: "error",
  elsewhere: "warning",
  summary: "a log group keeps its logs for ever",
  why: "That is CloudWatch's default. The bill grows for ever, and so does the heap of personal data that somebody has to answer for.",
  repair: "set retention_in_days",
  check: (stack) =>
    stack
      .resources("aws_cloudwatch_log_group")
      .filter(({ attributes }) => (numberOf(attributes.retention_in_days) ?? 0) === 0)
      .map((resource) => ({ resource, attribute: "retention_in_days", message: "the logs have no end date" })),
};
