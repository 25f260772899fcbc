import type { Guardrail } from "../guardrail";
import { isSet, numberOf } from "../values";

/** AWS's own default, and the longest that it offers. */
const DEFAULT_DAYS = 30;
const LEAST_DAYS = 14;

export const guardKeyShortDeletionWindow: Guardrail = {
  id: "guard-key-short-deletion-window",
  severity: "error",
  elsewhere: "off",
  summary: `a KMS key can be gone ${LEAST_DAYS} days after somebody deleted it`,
  why: "Everything that was encrypted with it is gone with it: database, backups, secrets. The window is the time in which somebody can notice.",
  repair: `leave deletion_window_in_days out (${DEFAULT_DAYS} days), or set ${LEAST_DAYS} at least`,
  check: (stack) =>
    stack
      .resources("aws_kms_key")
      .filter(({ attributes: { deletion_window_in_days: days } }) => isSet(days) && (numberOf(days) ?? 0) < LEAST_DAYS)
      .map((resource) => ({
        resource,
        attribute: "deletion_window_in_days",
        message: "a deleted key could be gone before anybody notices",
        expected: `${LEAST_DAYS} or more`,
      })),
};
