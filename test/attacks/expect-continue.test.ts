import { closes } from "./support/closes";

// A body that is asked for later is a body like any other (V-37).
closes("Expect: 100-continue", {
  passes: {
    "an honest body": {
      headers: ["expect: 100-continue"],
      arrives: (_request, { text }) => expect(text).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 /),
    },
  },
  drops: { "a body with claims": { headers: ["expect: 100-continue"], body: { user: "mallory", tags: ["mallory"] } } },
  refuses: { "another expectation": [{ headers: ["expect: mallory"] }, 417] },
});
