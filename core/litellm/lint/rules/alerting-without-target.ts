import { ownValue } from "../../../source";
import type { LintRule } from "../lint-rule";

/** What each way of alerting needs: one of the variables. */
const NEEDS: Readonly<Record<string, readonly string[]>> = {
  slack: ["SLACK_WEBHOOK_URL"],
  webhook: ["WEBHOOK_URL"],
  email: ["SMTP_HOST", "RESEND_API_KEY", "SENDGRID_API_KEY"],
  pagerduty: ["PAGERDUTY_API_KEY"],
};

/** Alerts that go nowhere. */
export const alertingWithoutTarget: LintRule = {
  id: "alerting-without-target",
  severity: "error",
  summary: "alerts have nowhere to go",
  why: "The address of alerts is taken from a variable, or from alert_to_webhook_url. Without it LiteLLM starts, and each alert ends in a line of the log (litellm/integrations/SlackAlerting/slack_alerting.py, LiteLLM 1.108.10).",
  repair: "give the gateway the variable",
  check: (context) => {
    // Only where it is known what the gateway has.
    if (!context.surroundings.variables || context.has(["general_settings", "alert_to_webhook_url"])) return [];
    return context.texts(["general_settings", "alerting"]).flatMap(({ text, path }) => {
      const variables = ownValue(NEEDS, text) ?? [];
      if (variables.length === 0 || variables.some((name) => context.hasVariable(name))) return [];
      const message = `${text} alerts need ${variables.join(" or ")}, and the gateway has none`;
      return [context.found(alertingWithoutTarget, path, { message, repair: `declare ${variables[0]}` })];
    });
  },
};
