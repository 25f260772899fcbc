import { closes } from "./support/closes";

const PARAMS = {
  metadata: { tags: ["mallory"], user_api_key: "mallory", user_api_key_team_id: "mallory", session_id: "mallory" },
  user_api_key_end_user_id: "mallory",
  litellm_metadata: { tags: ["mallory"] },
};

// Replaces user, tags, session, key hash, team and internal user in LiteLLM's log row.
closes("the root member litellm_params", {
  passes: { "the words in a message": { body: { messages: [{ role: "user", content: "litellm_params" }] } } },
  drops: {
    "an object": { body: { litellm_params: PARAMS } },
    "a text": { target: "/v1/batches".replace("batches", "moderations"), body: { litellm_params: JSON.stringify(PARAMS) } },
    "in extra_body": { body: { extra_body: { litellm_params: PARAMS, user: "mallory" } } },
    "under another spelling": { body: { LiteLLM_Params: PARAMS } },
  },
});
