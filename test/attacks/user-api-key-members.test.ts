import { closes } from "./support/closes";

// LiteLLM's own names for who calls: user_api_key_end_user_id at the root beats the header on six routes (V-25).
closes("members named user_api_key…", {
  passes: { "a member that looks alike": { body: { user_location: "x" } } },
  drops: {
    "the end user": { target: "/v1/moderations", body: { input: "hi", user_api_key_end_user_id: "mallory" } },
    "everything else": {
      body: { user_api_key: "mallory", user_api_key_team_id: "mallory", USER_API_KEY_HASH: "mallory", user_api_key_x: "mallory" },
    },
    "in metadata": { body: { metadata: { user_api_key_user_id: "mallory", user_api_key_alias: "mallory" } } },
  },
});
