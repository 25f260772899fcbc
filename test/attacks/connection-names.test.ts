import { closes } from "./support/closes";

const NAMES = "connection: close, x-litellm-end-user-id, x-litellm-tags, authorization, content-length";

// Proxies remove the headers that Connection names: those that were just written among them (V-36).
closes("the Connection header", {
  passes: { "a connection that closes": { headers: ["connection: close"] } },
  drops: {
    "that names what the proxy writes": {
      headers: [NAMES],
      body: { user: "mallory" },
      arrives: ({ headers }) => expect(JSON.stringify(headers.connection ?? [])).not.toContain("x-litellm"),
    },
    "of another kind": { headers: ["connection: close", "proxy-connection: mallory", "keep-alive: mallory", "te: mallory"] },
  },
});
