import type { LintContext, PlacedText } from "../context";
import type { LintRule } from "../lint-rule";

/** Callbacks that leave the machine with no prompts in them, or stay on it. */
const WITHOUT_PROMPTS = new Set([
  ...["prometheus", "prometheus_system", "pagerduty", "slack", "sentry", "dynamic_rate_limiter", "dynamic_rate_limiter_v3"],
  ...[
    "resend_email",
    "sendgrid_email",
    "smtp_email",
    "anthropic_cache_control_hook",
    "vector_store_pre_call_hook",
    "openmeter",
    "lago",
  ],
  ...[
    "detect_prompt_injection",
    "presidio",
    "hide_secrets",
    "datadog_metrics",
    "datadog_cost_management",
    "cloudzero",
    "focus",
    "vantage",
  ],
  ...[
    "llmguard_moderations",
    "llamaguard_moderations",
    "lakera_prompt_injection",
    "batch_redis_requests",
    "websearch_interception",
  ],
  ...[
    "dotprompt",
    "bitbucket",
    "gitlab",
    "humanloop",
    "litellm_agent",
    "compression_interception",
    "code_interpreter_interception",
  ],
  ...["blocked_user_check", "banned_keywords", "azure_content_safety", "google_text_moderation", "openai_moderations", "mavvrik"],
]);

/** Prompts and answers that leave for a service of somebody else's. */
export const promptsLogged: LintRule = {
  id: "prompts-logged",
  severity: "note",
  summary: "prompts and answers are sent to a logging service",
  why: "Callbacks receive each request with its messages and the answer in full, unless turn_off_message_logging is true (litellm/litellm_core_utils/redact_messages.py; the payload of a generic_api callback was looked at in LiteLLM 1.108.10).",
  repair: "set litellm_settings.turn_off_message_logging: true, unless that service may hold them",
  check: (context) => {
    if (context.isOn(["litellm_settings", "turn_off_message_logging"])) return [];
    const first = callbacks(context)[0];
    if (!first) return [];
    const message = `prompts and answers are sent to ${first.text} in full`;
    return [context.found(promptsLogged, first.path, { message, repair: promptsLogged.repair })];
  },
};

function callbacks(context: LintContext): PlacedText[] {
  return ["callbacks", "success_callback"]
    .flatMap((setting) => context.texts(["litellm_settings", setting]))
    .filter(({ text }) => !text.includes(".") && !WITHOUT_PROMPTS.has(text));
}
