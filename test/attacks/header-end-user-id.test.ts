import { closes } from "./support/closes";

// Of two lines LiteLLM takes the first (V-02).
closes("the header x-litellm-end-user-id", {
  passes: { "a request without it": {} },
  drops: {
    "one line": { headers: ["x-litellm-end-user-id: mallory"] },
    "two lines": { headers: ["x-litellm-end-user-id: mallory", "X-LITELLM-END-USER-ID: mallory2"] },
    "an empty line, which would let the body decide": { headers: ["x-litellm-end-user-id:"], body: { user: "mallory" } },
  },
});
