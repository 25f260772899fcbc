import { closes } from "./support/closes";

// Of several x-litellm-tags lines the budget check takes the first and the log the last; `tags` counts on pass-through (V-14).
closes("headers with tags", {
  passes: { "a request without them": {} },
  drops: {
    "x-litellm-tags": { headers: ["x-litellm-tags: mallory"] },
    "two lines": { headers: ["X-Litellm-Tags: mallory", "x-litellm-tags: mallory"] },
    tags: { headers: ["tags: mallory"] },
  },
});
