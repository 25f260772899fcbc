import { closes } from "./support/closes";

// Headers that LiteLLM's user_header_mappings name with the role customer (V-03); OpenWebUI's are the usual ones.
closes("headers that are mapped to the end user", {
  passes: { "a header that SDKs send": { headers: ["x-stainless-lang: js"] } },
  drops: {
    "OpenWebUI's address": { headers: ["X-OpenWebUI-User-Email: mallory@example.com"] },
    "OpenWebUI's id": { headers: ["x-openwebui-user-id: mallory"] },
  },
});
