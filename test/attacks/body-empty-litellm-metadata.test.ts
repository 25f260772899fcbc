import { closes } from "./support/closes";

const without = { arrives: ({ body }: { body: string }) => expect(JSON.parse(body)).not.toHaveProperty("litellm_metadata") };

// An empty container turns the budget check away from the tags of the other one (V-19).
closes("an empty litellm_metadata", {
  passes: { "a request without it": without },
  drops: {
    "an object": { body: { litellm_metadata: {} }, ...without },
    null: { body: { litellm_metadata: null }, ...without },
    "in the query": {
      target: "/v1/chat/completions?litellm_metadata={}",
      arrives: ({ url }) => expect(url).toBe("/v1/chat/completions"),
    },
  },
});
