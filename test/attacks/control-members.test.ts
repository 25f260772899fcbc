import { closes } from "./support/closes";

// Switch off guardrails, logs and caches, or make answers up (V-33).
closes("members that steer LiteLLM", {
  passes: { "a member for the model": { body: { reasoning_effort: "low" } } },
  drops: {
    guardrails: { body: { guardrails: ["mallory"], guardrail_config: { x: "mallory" }, policies: ["mallory"] } },
    "no guardrails": { body: { disable_global_guardrails: ["mallory"], metadata: { disable_global_guardrails: "mallory" } } },
    "made-up answers": { body: { mock_response: "mallory", mock_tool_calls: ["mallory"], mock_timeout: "mallory" } },
    "no log": { body: { "no-log": "mallory", metadata: { "no-log": "mallory" }, turn_off_message_logging: "mallory" } },
    callbacks: { body: { callbacks: ["mallory"], success_callback: ["mallory"], litellm_disabled_callbacks: ["mallory"] } },
    caches: { body: { cache: { namespace: "mallory" }, caching: "mallory", ttl: "mallory" } },
    headers: {
      headers: [
        "x-litellm-disable-callbacks: mallory",
        "x-litellm-timeout: mallory",
        "litellm-disable-message-redaction: mallory",
      ],
    },
  },
});
