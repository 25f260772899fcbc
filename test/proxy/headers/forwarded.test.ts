import { DEFAULT_ALLOWED, forwardedHeaders, isNever, responseHeaders } from "../../../proxy/src/headers";

test("a client's header reaches the gateway only if it is on the list", () => {
  const raw = [
    "Content-Type",
    "application/json",
    "Accept",
    "text/event-stream",
    "X-Custom",
    "1",
    "anthropic-beta",
    "a",
    "Anthropic-Beta",
    "b",
  ];
  expect(forwardedHeaders(raw)).toEqual([
    ...["content-type", "application/json"],
    ...["accept", "text/event-stream"],
    ...["anthropic-beta", "a"],
    ...["anthropic-beta", "b"],
  ]);
});

test.each([
  "x-litellm-end-user-id",
  "x-litellm-customer-id",
  "x-litellm-tags",
  "x-litellm-api-key",
  "authorization",
  "x-api-key",
  "cookie",
  "user-agent",
  "x-forwarded-for",
  "x_litellm_end_user_id",
  "content_type",
  "transfer-encoding",
  "connection",
  "expect",
])("%s never does, not even when a list names it", (name) => {
  expect(isNever(name)).toBe(true);
  expect(forwardedHeaders([name, "eve", "accept", "a"], new Set([name, "accept"]))).toEqual(["accept", "a"]);
});

test("no header of the default list is one of those", () => {
  expect([...DEFAULT_ALLOWED].filter(isNever)).toEqual([]);
});

test("what the Connection header names is of this connection only", () => {
  const raw = [
    "Connection",
    "close, Accept",
    "connection",
    "anthropic-beta",
    "accept",
    "a",
    "anthropic-beta",
    "b",
    "openai-beta",
    "c",
  ];
  expect(forwardedHeaders(raw)).toEqual(["openai-beta", "c"]);
});

test("an answer loses what belongs to the connection, to the gateway and to the browser", () => {
  const raw = [
    ["Content-Type", "application/json"],
    ["Transfer-Encoding", "chunked"],
    ["Connection", "keep-alive, x-hop"],
    ["x-hop", "1"],
    ["Content-Length", "5"],
    ["Set-Cookie", "token=1"],
    ["Server", "uvicorn"],
    ["x-litellm-model-api-base", "an address"],
    ["x-litellm-call-id", "7"],
    ["retry-after", "3"],
    ["retry-after", "4"],
  ].flat();
  const headers = [
    ...["Content-Type", "application/json"],
    ...["x-litellm-call-id", "7"],
    ...["retry-after", "3"],
    ...["retry-after", "4"],
  ];
  expect(responseHeaders(raw)).toEqual({ headers, length: 5 });
  expect(responseHeaders(["a", "b"]).length).toBe(-1);
});
