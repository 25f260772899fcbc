import { closes } from "./support/closes";

// On embeddings and images the key of the log row: three calls with one id leave one row (V-23).
closes("the call id", {
  passes: { "a request without one": {} },
  drops: {
    "a header": { target: "/v1/embeddings", headers: ["x-litellm-call-id: mallory", "x-request-id: mallory"] },
    "at the root": { body: { litellm_call_id: "mallory" } },
  },
});
