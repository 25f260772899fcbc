import { closes } from "./support/closes";

// Recorded on every route (V-18).
closes("the member litellm_metadata", {
  passes: { "a request without it": {} },
  drops: {
    "tags in an object": { body: { litellm_metadata: { tags: ["mallory"], session_id: "mallory" } } },
    "tags in a text": { target: "/v1/embeddings", body: { litellm_metadata: '{"tags":["mallory"]}' } },
    "a list": { body: { litellm_metadata: ["mallory"] } },
  },
});
