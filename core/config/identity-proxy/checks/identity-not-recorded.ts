import type { ProxyRule } from "./proxy-rule";

/** Switches that lose what the proxy has established, with what is lost. */
const SWITCHES: readonly (readonly [path: readonly string[], lost: string])[] = [
  [["litellm_settings", "disable_end_user_cost_tracking"], "LiteLLM drops the caller's name before it books a request"],
  [["general_settings", "disable_spend_logs"], "LiteLLM writes no row per request, so nobody can see who asked"],
];

/** A verified name is of use where it is written down. */
export const notRecorded: ProxyRule = {
  id: "identity-not-recorded",
  severity: "warning",
  summary: "LiteLLM would not record who called",
  why: "The identity proxy is there so that every request is booked on the person who sent it. This setting throws the name away after it was verified (litellm/utils.py and litellm/proxy/db/db_spend_update_writer.py, LiteLLM 1.108.10).",
  repair: "remove it",
  check: (context) =>
    SWITCHES.filter(([path]) => context.isOn(path)).map(([path, message]) =>
      context.atName(notRecorded, ["litellm", "config", ...path], { message }),
    ),
};
