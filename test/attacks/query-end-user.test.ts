import { closes } from "./support/closes";

// LiteLLM fills members that the body lacks from the query, on every route (V-10).
closes("the query as a source of the end user", {
  passes: {
    "the parameter of Azure's spelling": {
      target: "/openai/deployments/gpt-5/chat/completions?api-version=2026-01-01",
      arrives: ({ url }) => expect(url).toBe("/openai/deployments/gpt-5/chat/completions?api-version=2026-01-01"),
    },
  },
  drops: {
    user: { target: "/v1/chat/completions?user=mallory" },
    "user in percent forms": { target: "/v1/chat/completions?%75ser=%6dallory" },
    safety_identifier: { target: "/v1/embeddings?safety_identifier=mallory" },
    "metadata as JSON": { target: '/v1/messages?metadata={"user_id":"mallory"}&beta=true' },
    "litellm_metadata as JSON": { target: '/v1/chat/completions?litellm_metadata={"user":"mallory"}' },
    "litellm_params as JSON": { target: '/v1/chat/completions?litellm_params={"user_api_key_end_user_id":"mallory"}' },
    "behind a second question mark": { target: "/v1/chat/completions?a=b?user=mallory" },
  },
  refuses: {
    "a parameter that counts, twice": [
      { target: "/openai/deployments/gpt-5/chat/completions?api-version=1&api-version=mallory" },
      "query_ambiguous",
    ],
  },
});
