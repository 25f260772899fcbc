import { nearestName } from "../../../findings";
import { ownValue } from "../../../source";
import type { LintContext } from "../context";
import type { LintRule } from "../lint-rule";

/** Names that have a branch of their own in `callbacks` (`initialize_callbacks_on_proxy`, LiteLLM 1.108.10). */
const WITH_BRANCH = [
  ...["presidio", "llamaguard_moderations", "hide_secrets", "openai_moderations", "lakera_prompt_injection"],
  ...["aporia_prompt_injection", "google_text_moderation", "llmguard_moderations", "blocked_user_check", "banned_keywords"],
  ...["detect_prompt_injection", "batch_redis_requests", "azure_content_safety", "websearch_interception"],
  ...["datadog_cost_management", "compression_interception", "code_interpreter_interception"],
];
/** Names that the successor has taken over in `callbacks`. */
const SUCCESSORS: Readonly<Record<string, string>> = { s3: "s3_v2" };

/** A callback that LiteLLM does not know. */
export const callbackUnknown: LintRule = {
  id: "callback-unknown",
  severity: "error",
  summary: "LiteLLM knows no such callback",
  why: "A name in callbacks that LiteLLM does not know is imported as a Python module, and the start ends with ValueError: Empty module name. In success_callback and failure_callback it is kept and never called (initialize_callbacks_on_proxy in litellm/proxy/common_utils/callback_utils.py, tried with LiteLLM 1.108.10).",
  repair: "correct the name; one's own callback is written as module.object, a webhook is described under callback_settings",
  check: (context) =>
    ["callbacks", "success_callback", "failure_callback"].flatMap((setting) => {
      const known = knownCallbacks(context, setting);
      return context
        .texts(["litellm_settings", setting])
        .filter(({ text }) => !text.includes(".") && !text.startsWith("os.environ/") && !known.has(text))
        .map(({ text, path }) => {
          const near = ownValue(SUCCESSORS, text) ?? nearestName(text, known);
          const effect = setting === "callbacks" ? "LiteLLM does not start with it" : "it is never called";
          return context.found(callbackUnknown, path, {
            message: `LiteLLM ${context.version} knows no callback ${text}: ${effect}`,
            repair: near ? `did you mean ${near}?` : callbackUnknown.repair,
          });
        });
    }),
};

/** In `callbacks` fewer names are taken than in the two older lists. */
function knownCallbacks(context: LintContext, setting: string): Set<string> {
  const { callbacks = [], callbacks_legacy = [] } = context.catalogue.enumerations;
  const own = context.entries(["callback_settings"]).map(([name]) => name);
  return new Set([...callbacks, ...own, ...(setting === "callbacks" ? WITH_BRANCH : callbacks_legacy)]);
}
