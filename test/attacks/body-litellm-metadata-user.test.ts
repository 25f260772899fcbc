import { closes } from "./support/closes";

// The end user where no header names one (V-07); LiteLLM reads the container as an object and as JSON in a text.
closes("the member litellm_metadata.user", {
  passes: { "the name inside a message": { body: { messages: [{ role: "user", content: '{"litellm_metadata":1}' }] } } },
  drops: {
    "in an object": { body: { litellm_metadata: { user: "mallory" } } },
    "in a text": { body: { litellm_metadata: '{"user":"mallory"}' } },
    "in metadata": { body: { metadata: { litellm_metadata: { user: "mallory" } } } },
  },
});
