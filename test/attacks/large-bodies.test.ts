import { closes } from "./support/closes";

const LONG = "x".repeat(1_500_000);

// A body that is not held in memory must be cleaned all the same, and arrive whole (V-38).
closes("a body of more than a megabyte", {
  passes: {
    "arrives whole": {
      body: { messages: [LONG] },
      arrives: ({ body }) => expect(JSON.parse(body)).toEqual({ model: "gpt-5", messages: [LONG] }),
    },
  },
  drops: {
    "a claim at its beginning": { body: `{"user":"mallory","model":"gpt-5","messages":["${LONG}"]}` },
    "a claim at its end": { body: { messages: [LONG], user: "mallory", metadata: { tags: ["mallory"], user_id: "mallory" } } },
    "a claim that is large itself": { body: { tags: [`mallory${LONG}`] } },
  },
});
