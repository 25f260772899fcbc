import type { LintRule } from "../lint-rule";

const SETTING = ["general_settings", "dangerously_permit_weak_or_unset_master_key"];

/** The check of the master key, switched off. */
export const masterKeyCheckOff: LintRule = {
  id: "master-key-check-off",
  severity: "warning",
  summary: "LiteLLM may start without a master key, or with one that everybody knows",
  why: "Without a master key every request is taken as one of an internal user; with sk-1234 everybody is the administrator. LiteLLM means this switch for development on one's own machine (litellm/proxy/auth/master_key_boot_check.py, LiteLLM 1.108.10).",
  repair: "remove it, and set a strong master key",
  check: (context) =>
    context.isOn(SETTING)
      ? [
          context.foundAtName(masterKeyCheckOff, SETTING, {
            message: masterKeyCheckOff.summary,
            repair: masterKeyCheckOff.repair,
          }),
        ]
      : [],
};
