import { closes } from "./support/closes";

// OpenAI's successor of `user`; LiteLLM takes the end user from it last (V-09).
closes("the member safety_identifier", {
  passes: {
    "a member that looks alike": {
      body: { prompt_cache_key: "k" },
      arrives: ({ body }) => expect(JSON.parse(body)).toHaveProperty("prompt_cache_key", "k"),
    },
  },
  drops: { "on chat": { body: { safety_identifier: "mallory" } } },
});
