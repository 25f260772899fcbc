import { closes } from "./support/closes";

// Added to the verified tags, and seen by the budget check on some routes only (V-16).
closes("the member metadata.tags", {
  passes: {
    "metadata with other members": {
      body: { metadata: { app: "x" } },
      arrives: ({ body }) => expect(JSON.parse(body).metadata).toHaveProperty("app", "x"),
    },
  },
  drops: {
    "a list": {
      body: { metadata: { app: "x", tags: ["mallory"] } },
      arrives: ({ body }) => expect(JSON.parse(body).metadata).toEqual({ app: "x" }),
    },
    "a text": { body: { metadata: { tags: '["mallory"]' } } },
    "on messages": { target: "/v1/messages", body: { metadata: { tags: ["mallory"] } } },
    "alone: nothing is left of metadata": {
      body: { metadata: { tags: ["mallory"] } },
      arrives: ({ body }) => expect(JSON.parse(body)).not.toHaveProperty("metadata"),
    },
  },
});
