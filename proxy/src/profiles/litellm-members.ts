import type { MemberPath, MemberRules } from "../body";
import type { Route } from "../routes";

const roots = (...names: string[]): MemberPath[] => names.map((name) => [name]);
const within = (container: string, ...names: string[]): MemberPath[] => names.map((name) => [container, name]);

/** Root members that LiteLLM 1.108.10 takes an end user, tags, a team, a key hash, an agent or a session from. */
const IDENTITY = roots(
  "user",
  "safety_identifier",
  "tags",
  "litellm_metadata",
  // Replaces user, tags, session, key hash, team and internal user in the log row.
  "litellm_params",
  "user_api_key*",
  "end_user*",
  "user_id",
  "customer_id",
  "team_id",
  "organization_id",
  "agent_id",
  "litellm_session_id",
  "litellm_trace_id",
  "litellm_call_id",
  "spend_logs_metadata",
  "request_tags",
  "mcp_tool_call_metadata",
  "vector_store_request_metadata",
);

/** Root members that steer LiteLLM itself, or put headers and members of the client's choice into the provider's request. */
const CONTROL = roots(
  "headers",
  "extra_headers",
  "extra_body",
  "extra_query",
  "organization",
  "api_key",
  "api_base",
  "base_url",
  "api_version",
  "user_config",
  // A second model that the policy has not seen.
  "models",
  "fallbacks",
  "context_window_fallbacks",
  "content_policy_fallbacks",
  "guardrails",
  "guardrail_config",
  "policies",
  "disable_global_guardrail*",
  "opted_out_global_guardrails",
  "mock_*",
  "proxy_server_request",
  "secret_fields",
  "standard_logging_object",
  "model_info",
  "model_list",
  "callbacks",
  "success_callback",
  "failure_callback",
  "litellm_disabled_callbacks",
  "turn_off_message_logging",
  "no-log",
  "cache",
  "caching",
  "ttl",
  "litellm_logging_obj",
  // Amazon Bedrock books on them.
  "requestMetadata",
  "request_metadata",
);

/** Members of `metadata` with the same powers. */
const IN_METADATA = within(
  "metadata",
  "tags",
  "user_id",
  "user",
  "spend_logs_metadata",
  "agent_id",
  "billing_agent_id",
  "verified_human_user_id",
  "session_id",
  "trace_*",
  "requester_*",
  "user_agent",
  "user_api_key*",
  "model_group",
  "litellm_metadata",
  "guardrails",
  "disable_global_guardrail*",
  "no-log",
  "headers",
);

const REMOVE = [...IDENTITY, ...CONTROL, ...IN_METADATA];

const COMMON = {
  refuse: [],
  read: [["model"]],
  objects: [["metadata"]],
  texts: [["custom_llm_provider"], ["model"]],
};
/** One object for all routes that share it: rules are compiled once for each. */
const ON_INFERENCE: MemberRules = { ...COMMON, remove: [...REMOVE, ["custom_llm_provider"]] };
const ON_STORAGE: MemberRules = { ...COMMON, remove: REMOVE };

/**
 * Rules for members of a LiteLLM route.
 *
 * `custom_llm_provider` chooses the account on file and batch routes; elsewhere it goes. On none may it be anything but text: as an
 * object it stops LiteLLM 1.108.10 from booking anybody's spend until a restart.
 */
export function litellmMembers(route: Route): MemberRules {
  return route.class === "files" || route.class === "batches" ? ON_STORAGE : ON_INFERENCE;
}
