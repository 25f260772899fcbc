import { closes } from "./support/closes";

// With enable_oauth2_proxy_auth LiteLLM believes headers named in oauth2_config_mappings (V-12): whoever asks through the proxy
// comes from a trusted address.
closes("headers for LiteLLM's oauth2 proxy mode", {
  passes: { "a request without them": {} },
  drops: {
    "the usual names": { headers: ["x-forwarded-email: mallory", "x-forwarded-groups: mallory", "x-auth-request-user: mallory"] },
    "names of somebody's choice": { headers: ["x-user-email: mallory", "x-team-id: mallory", "x-org-id: mallory"] },
  },
});
