import { closes } from "./support/closes";

// Headers that user_header_mappings name with the role internal_user replace the user of the key (V-04).
closes("headers that are mapped to the internal user", {
  passes: { "a request without one": {} },
  drops: {
    "a company's own": { headers: ["x-user-id: mallory"] },
    "the one of a sign-in": { headers: ["x-forwarded-user: mallory", "x-auth-request-email: mallory"] },
  },
});
