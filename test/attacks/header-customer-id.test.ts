import { closes } from "./support/closes";

// The first of LiteLLM's headers for an end user: it wins over the one that the proxy writes (V-01).
closes("the header x-litellm-customer-id", {
  passes: { "a request without it": {} },
  drops: {
    "as LiteLLM spells it": { headers: ["x-litellm-customer-id: mallory"] },
    "in another case": { headers: ["X-LiteLLM-Customer-ID: mallory"] },
  },
});
