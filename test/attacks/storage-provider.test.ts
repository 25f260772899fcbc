import { closes } from "./support/closes";

const settings = { policy: "{ groups: [{ group: engineering, routes: [batches] }] }" };
const batch = { input_file_id: "file-1", endpoint: "/v1/chat/completions", completion_window: "24h" };

// On files and batches it chooses the account, so it stays, as text only.
closes("custom_llm_provider where it is needed", {
  settings,
  passes: {
    "a text": {
      target: "/v1/batches",
      body: { ...batch, custom_llm_provider: "openai" },
      arrives: ({ body }) => expect(JSON.parse(body)).toHaveProperty("custom_llm_provider", "openai"),
    },
  },
  refuses: {
    "an object": [{ target: "/v1/batches", body: { ...batch, custom_llm_provider: { a: "mallory" } } }, "wrong_type"],
    "a list": [{ target: "/v1/batches", body: { ...batch, custom_llm_provider: ["mallory"] } }, "wrong_type"],
  },
});
