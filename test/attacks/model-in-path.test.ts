import { closes } from "./support/closes";

const settings = { policy: '{ groups: [{ group: engineering, models: ["gpt-5"] }] }' };

// LiteLLM prefers the model of the path to that of the body (V-31).
closes("a model in the path", {
  settings,
  passes: { "the allowed one in both places": { target: "/openai/deployments/gpt-5/chat/completions" } },
  refuses: {
    "another one in the path": [{ target: "/openai/deployments/mallory/chat/completions" }, "model_not_allowed"],
    "another one in the body": [
      { target: "/openai/deployments/gpt-5/chat/completions", body: { model: "mallory" } },
      "model_not_allowed",
    ],
    "on Google's route": [{ target: "/v1beta/models/mallory:generateContent" }, "model_not_allowed"],
    "under the older name": [{ target: "/engines/mallory/chat/completions" }, "model_not_allowed"],
  },
});
