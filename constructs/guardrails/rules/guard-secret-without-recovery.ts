import type { Guardrail } from "../guardrail";
import { isSet, numberOf } from "../values";

const LEAST_DAYS = 7;

export const guardSecretWithoutRecovery: Guardrail = {
  id: "guard-secret-without-recovery",
  severity: "error",
  elsewhere: "note",
  summary: "a deleted secret cannot be brought back",
  why: "Without a recovery window the value is gone at once. Without its salt key LiteLLM can read none of the credentials in its database.",
  repair: `leave recovery_window_in_days out (30 days), or set ${LEAST_DAYS} at least`,
  check: (stack) =>
    stack
      .resources("aws_secretsmanager_secret")
      .filter(({ attributes: { recovery_window_in_days: days } }) => isSet(days) && (numberOf(days) ?? 0) < LEAST_DAYS)
      .map((resource) => ({ resource, attribute: "recovery_window_in_days", message: "a deletion could not be taken back" })),
};
