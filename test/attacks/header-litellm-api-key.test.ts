import { closes } from "./support/closes";

// LiteLLM looks at it before Authorization: with a key of one's own, one would be somebody else; with a bad one, nobody (V-28).
closes("the header x-litellm-api-key", {
  passes: { "a request without it": {} },
  drops: {
    "a key": { headers: ["x-litellm-api-key: sk-mallory"] },
    "a key with Bearer": { headers: ["X-LiteLLM-API-Key: Bearer sk-mallory", "x-litellm-key: sk-mallory"] },
  },
});
