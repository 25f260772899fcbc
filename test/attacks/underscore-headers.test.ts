import { FRONT } from "../proxy/support/settings";
import { closes } from "./support/closes";

const CHUNKED = [
  "POST /v1/chat/completions HTTP/1.1",
  "host: p",
  "authorization: Bearer TOKEN",
  "content-type: application/json",
  "transfer-encoding: chunked",
  "trailer: x-litellm-end-user-id",
  "connection: close",
];

const TRAILERS = { wire: `${CHUNKED.join("\r\n")}\r\n\r\n2\r\n{}\r\n0\r\nx-litellm-end-user-id: mallory\r\n\r\n` };

// Servers that fold `_` into `-` would see the real name; trailers come behind everything that was checked (V-41).
closes("look-alikes of headers", {
  passes: { "a request without them": {} },
  drops: {
    underscores: { headers: ["x_litellm_end_user_id: mallory", "x-litellm_tags: mallory", "x_litellm_api_key: mallory"] },
    ...(FRONT === "node" && { trailers: TRAILERS }),
  },
  refuses: {
    ...(FRONT === "strict" && { trailers: [TRAILERS, 400] as const }),
    "an underscore in what frames the body": [{ headers: ["content_length: 1"] }, "header_repeated"],
    "a second type of the body": [{ headers: ["content_type: text/mallory"] }, "header_repeated"],
  },
});
