import type { LintRule } from "../lint-rule";

const LISTS = ["callbacks", "success_callback", "failure_callback", "service_callback", "audit_log_callbacks"];

/** A webhook that is described and not listed. */
export const callbackSettingsUnused: LintRule = {
  id: "callback-settings-unused",
  severity: "error",
  summary: "a webhook is described under callback_settings and listed nowhere",
  why: "callback_settings only says what a callback is. It is made when its name is met in callbacks, success_callback or failure_callback (add_custom_callback_generic_api_str in litellm/litellm_core_utils/logging_callback_manager.py, LiteLLM 1.108.10).",
  repair: "add the name to litellm_settings.callbacks",
  check: (context) => {
    if (context.has(["include"])) return [];
    const listed = new Set(LISTS.flatMap((list) => context.texts(["litellm_settings", list]).map(({ text }) => text)));
    return context
      .entries(["callback_settings"])
      .filter(([name]) => context.text(["callback_settings", name, "callback_type"]) === "generic_api" && !listed.has(name))
      .map(([name]) =>
        context.foundAtName(callbackSettingsUnused, ["callback_settings", name], {
          message: `${name} is in no list of callbacks, so nothing is sent to it`,
          repair: `add ${name} to litellm_settings.callbacks`,
        }),
      );
  },
};
