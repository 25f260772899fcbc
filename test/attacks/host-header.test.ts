import { closes } from "./support/closes";

// LiteLLM builds redirects from the Host that it sees.
closes("the Host header", {
  passes: {
    "the gateway gets its own": {
      arrives: ({ headers }) => expect(headers.host).toEqual([expect.stringMatching(/^127\.0\.0\.1:\d+$/)]),
    },
  },
  drops: {
    "another host in other headers": {
      headers: ["x-forwarded-host: mallory", "x-forwarded-proto: mallory", "x-forwarded-prefix: /mallory"],
    },
  },
  refuses: {
    "two lines": [{ headers: ["host: mallory"] }, 400],
  },
});
