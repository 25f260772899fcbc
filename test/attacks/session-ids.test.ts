import { closes } from "./support/closes";

// Budgets and limits per session hang on them; LiteLLM takes one from every x-<word>-session-id (V-22).
closes("the session", {
  passes: { "a request without one": {} },
  drops: {
    "LiteLLM's headers": { headers: ["x-litellm-session-id: mallory", "x-litellm-trace-id: mallory"] },
    "any vendor's header": {
      headers: ["x-acme-session-id: mallory", "x-claude-code-session-id: mallory", "x-session-id: mallory"],
    },
    "Codex's headers": { headers: ["session-id: mallory", "thread-id: mallory", "conversation_id: mallory"] },
    "at the root": { body: { litellm_session_id: "mallory", litellm_trace_id: "mallory" } },
    "in metadata": { body: { metadata: { session_id: "mallory", trace_id: "mallory", trace_user_id: "mallory" } } },
  },
});
