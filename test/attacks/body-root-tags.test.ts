import { closes } from "./support/closes";

// A list at the root replaces the tags of the header (V-15).
closes("the root member tags", {
  passes: {
    "a member that looks alike": {
      body: { tagset: ["x"] },
      arrives: ({ body }) => expect(JSON.parse(body)).toHaveProperty("tagset", ["x"]),
    },
  },
  drops: {
    "a list": { body: { tags: ["mallory"] } },
    "a text": { target: "/v1/responses", body: { tags: "mallory" } },
    "deep in lists": { body: { tags: [[["mallory", { a: ["mallory"] }]]] } },
    request_tags: { body: { request_tags: ["mallory"] } },
  },
});
