import type { LintRule } from "../lint-rule";

const SETTING = ["general_settings", "reject_clientside_metadata_tags"];

/** Tags of clients that are refused by one way in and taken by others. */
export const clientTagsByHeader: LintRule = {
  id: "client-tags-by-header",
  severity: "warning",
  summary: "clients can still set tags by a header",
  why: "reject_clientside_metadata_tags refuses requests with metadata.tags in the body. The root field tags and the header x-litellm-tags are not looked at and still count for spend, budgets and routing (_reject_clientside_metadata_tags_check in litellm/proxy/auth/auth_checks.py, LiteLLM 1.108.10).",
  repair: "have the proxy in front of the gateway strip x-litellm-tags and the tags of the body",
  check: (context) => {
    if (!context.isOn(SETTING)) return [];
    const message = "this refuses metadata.tags alone; x-litellm-tags and the root field tags still count";
    return [context.foundAtName(clientTagsByHeader, SETTING, { message, repair: clientTagsByHeader.repair })];
  },
};
