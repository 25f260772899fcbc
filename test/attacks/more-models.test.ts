import { closes } from "./support/closes";

const settings = { policy: '{ groups: [{ group: engineering, models: ["gpt-5"] }] }' };

// Further models to try, which the policy would not see (V-32).
closes("a second model", {
  settings,
  passes: { "the allowed one": {} },
  drops: {
    fallbacks: { body: { fallbacks: ["mallory"], context_window_fallbacks: [{ "gpt-5": ["mallory"] }] } },
    models: { body: { models: ["mallory"], content_policy_fallbacks: [{ "gpt-5": ["mallory"] }] } },
    "a list of deployments": { body: { model_list: [{ model_name: "gpt-5", litellm_params: { model: "mallory" } }] } },
    "the header for files and batches": { headers: ["x-litellm-model: mallory"] },
  },
  refuses: { "behind a comma": [{ body: { model: "gpt-5,mallory" } }, "model_malformed"] },
});
