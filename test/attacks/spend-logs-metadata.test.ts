import { closes } from "./support/closes";

// What is written into the log row beside the spend: cost centres and the like (V-20).
closes("metadata of the spend log", {
  passes: { "a request without it": {} },
  drops: {
    "a header": { headers: ['x-litellm-spend-logs-metadata: {"k":"mallory"}'] },
    "in metadata": { body: { metadata: { spend_logs_metadata: { k: "mallory" } } } },
    "at the root": { body: { spend_logs_metadata: { k: "mallory" } } },
    "of tools and vector stores": {
      body: { mcp_tool_call_metadata: { k: "mallory" }, vector_store_request_metadata: [{ k: "mallory" }] },
    },
  },
});
