import { closes } from "./support/closes";

// Put headers and members of the client's choice into the provider's request.
closes("what LiteLLM hands on to the provider", {
  passes: {
    "the headers that Anthropic's API needs": {
      target: "/v1/messages",
      headers: ["anthropic-version: 2023-06-01", "anthropic-beta: a"],
      arrives: ({ headers }) =>
        expect([headers["anthropic-version"], headers["anthropic-beta"]]).toEqual([["2023-06-01"], ["a"]]),
    },
  },
  drops: {
    "headers in the body": { body: { headers: { "x-a": "mallory" }, extra_headers: { "x-b": "mallory" } } },
    "members in the body": { body: { extra_body: { user: "mallory" }, extra_query: { user: "mallory" } } },
    "headers for pass-through": { headers: ["x-pass-x-probe: mallory", "X-Pass-Anthropic-Beta: mallory"] },
    "in metadata": { body: { metadata: { headers: { "x-a": "mallory" } } } },
  },
});
