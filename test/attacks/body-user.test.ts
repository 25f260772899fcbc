import { closes } from "./support/closes";

// LiteLLM takes the end user from it where no header names one, and hands it on to the provider (V-06).
closes("the root member user", {
  passes: {
    "the word in a place that nobody reads": {
      body: { messages: [{ role: "user", content: "hi" }], store: false },
      arrives: ({ body }) =>
        expect(JSON.parse(body)).toMatchObject({ messages: [{ role: "user", content: "hi" }], store: false }),
    },
  },
  drops: {
    "as text": { body: { user: "mallory" } },
    "as an object, which reaches webhooks": { body: { user: { id: "mallory" } } },
    "in front of everything": { body: '{"user":"mallory","model":"gpt-5","messages":[]}' },
  },
});
