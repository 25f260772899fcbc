import type { Rule } from "../../findings";

/** A value of the wrong kind, or a missing one. */
export const invalidSetting: Rule = {
  id: "invalid-setting",
  severity: "error",
  summary: "LiteLLM cannot use this value here",
  why: 'A value of another kind ends LiteLLM\'s start-up (fallbacks as text, mcp_servers as a list), drops the deployment or guardrail it stands in, or is taken for something else: text such as "false" counts as true (litellm/proxy/proxy_server.py, load_config, LiteLLM 1.108.10).',
  repair: "write a value of the kind that is expected",
};
