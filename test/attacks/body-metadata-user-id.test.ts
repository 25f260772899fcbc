import { closes } from "./support/closes";

// Anthropic's place for the user; LiteLLM takes the end user from it, and a session from `…_session_…` (V-08).
closes("the member metadata.user_id", {
  passes: {
    "metadata of the client's own": {
      body: { metadata: { project: "p1" } },
      arrives: ({ body }) => expect(JSON.parse(body).metadata).toEqual({ project: "p1" }),
    },
  },
  drops: {
    "as text": { target: "/v1/messages", body: { metadata: { user_id: "mallory" } } },
    "with a session": { body: { metadata: { user_id: "user_x_session_mallory" } } },
    "as an object": { body: { metadata: { user_id: { session_id: "mallory" }, project: "p1" } } },
  },
});
