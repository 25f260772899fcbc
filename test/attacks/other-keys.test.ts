import { closes } from "./support/closes";

// Further places where LiteLLM and gateways behind it look for keys (V-29b).
closes("keys in other places", {
  passes: {
    "a token as Google's SDKs send it": {
      target: "/v1beta/models/gemini-3:generateContent",
      credential: ["x-goog-api-key: TOKEN"],
      arrives: ({ headers }) => expect(headers["x-goog-api-key"]).toBeUndefined(),
    },
  },
  drops: {
    "Azure API Management's header": { headers: ["Ocp-Apim-Subscription-Key: mallory"] },
    "a parameter of the query": { target: "/v1beta/models/gemini-3:generateContent?key=mallory&alt=sse" },
    "a cookie of the admin UI": { headers: ["cookie: token=mallory"] },
    "headers for MCP servers": { headers: ["x-mcp-auth: mallory", "x-mcp-servers: mallory", "x-mcp-access-groups: mallory"] },
  },
});
