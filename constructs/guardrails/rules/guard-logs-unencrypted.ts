import type { Guardrail } from "../guardrail";
import { isSet } from "../values";

export const guardLogsUnencrypted: Guardrail = {
  id: "guard-logs-unencrypted",
  severity: "warning",
  elsewhere: "note",
  summary: "a log group has no key of its own",
  why: "The database's log holds statements, the cache's slow log holds commands with their values. With your key, reading them needs leave for the key and leaves a trace.",
  repair: "set kms_key_id",
  check: (stack) =>
    stack
      .resources("aws_cloudwatch_log_group")
      .filter(({ attributes }) => !isSet(attributes.kms_key_id))
      .map((resource) => ({ resource, attribute: "kms_key_id", message: "the logs are encrypted with no key of yours" })),
};
