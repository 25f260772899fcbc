import { closes } from "./support/closes";

// LiteLLM parses metadata that is a text as JSON on most routes (V-17).
closes("metadata that is no object", {
  passes: {
    "an object": { body: { metadata: { app: "x" } } },
    null: { body: { metadata: null } },
  },
  refuses: {
    "a text with JSON": [{ body: { metadata: '{"tags":["mallory"],"user_id":"mallory"}' } }, "wrong_type"],
    "a list": [{ body: { metadata: [{ tags: ["mallory"] }] } }, "wrong_type"],
    "a number": [{ body: { metadata: 1 } }, "wrong_type"],
  },
});
