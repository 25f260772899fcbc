import type { MemberRules } from "../../../proxy/src/body";

/** Rules in the shape of LiteLLM's, short enough to read. */
export const RULES: MemberRules = {
  remove: [["user"], ["tags"], ["litellm_metadata"], ["user_api_key*"], ["metadata", "tags"], ["metadata", "user_id"]],
  refuse: [["forbidden"]],
  read: [["model"], ["stream"]],
  objects: [["metadata"], ["options"]],
  texts: [["custom_llm_provider"], ["model"]],
};
