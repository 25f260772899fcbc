import { closes } from "./support/closes";

// Choose team and user of a key or token that has several (V-13).
closes("the headers x-litellm-team-id and x-litellm-user-id", {
  passes: { "a request without them": {} },
  drops: {
    team: { headers: ["x-litellm-team-id: mallory"] },
    user: { headers: ["x-litellm-user-id: mallory", "x-litellm-user-email: mallory", "x-litellm-user-role: mallory"] },
  },
});
