import { closes } from "./support/closes";

// The logged address of the caller: a proxy on the same machine is believed (V-26).
closes("X-Forwarded-For", {
  passes: {
    "a request without it": { arrives: ({ headers }) => expect(headers["x-forwarded-for"]).toEqual(["127.0.0.1"]) },
  },
  drops: {
    "a forged one": {
      headers: ["x-forwarded-for: mallory", "x-real-ip: mallory", "forwarded: for=mallory"],
      arrives: ({ headers }) => expect(headers["x-forwarded-for"]).toEqual(["127.0.0.1"]),
    },
  },
});
