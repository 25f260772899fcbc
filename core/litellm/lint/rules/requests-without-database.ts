import type { LintRule } from "../lint-rule";

const SETTING = ["general_settings", "allow_requests_on_db_unavailable"];

/** Requests that pass when keys cannot be checked. */
export const requestsWithoutDatabase: LintRule = {
  id: "requests-without-database",
  severity: "warning",
  summary: "requests pass without a check while the database is away",
  why: "While LiteLLM cannot reach its database, any key is taken as a good one, with no team, no budget and no list of models (litellm/proxy/auth/auth_exception_handler.py, LiteLLM 1.108.10). LiteLLM recommends it only inside a private network.",
  repair: "remove it where anybody else can reach the gateway",
  check: (context) =>
    context.isOn(SETTING)
      ? [
          context.foundAtName(requestsWithoutDatabase, SETTING, {
            message: "while the database is away, every key is accepted and no budget holds",
            repair: requestsWithoutDatabase.repair,
          }),
        ]
      : [],
};
