import { closes } from "./support/closes";

// Amazon Bedrock books on them; LiteLLM hands unknown members on to providers (V-47).
closes("metadata of Amazon Bedrock", {
  passes: { "a member for the model": { body: { top_p: 0.5 } } },
  drops: {
    "in the body": { body: { requestMetadata: { user: "mallory" }, request_metadata: { user: "mallory" } } },
    "in a header": { headers: ['x-amzn-bedrock-request-metadata: {"user":"mallory"}'] },
  },
});
