import { closes } from "./support/closes";

const noKey = ({ headers }: { headers: Readonly<Record<string, readonly string[]>> }): void => {
  for (const name of ["x-api-key", "api-key", "x-goog-api-key"]) expect(headers[name]).toBeUndefined();
};

// The client's proof is for the proxy alone; the gateway sees the proxy's key, once (V-29).
closes("the client's credential", {
  passes: {
    "as OpenAI's SDKs send it": { credential: ["Authorization: Bearer TOKEN"], arrives: noKey },
    "as Anthropic's SDKs send it": { credential: ["x-api-key: TOKEN"], arrives: noKey },
    "as Azure's SDKs send it": { credential: ["api-key: TOKEN"], arrives: noKey },
    "the same token twice": { credential: ["authorization: Bearer TOKEN", "x-api-key: TOKEN"], arrives: noKey },
  },
  refuses: {
    "two different ones": [{ headers: ["x-api-key: sk-mallory"] }, "credential_ambiguous"],
    "two Authorization lines": [{ headers: ["authorization: Bearer sk-mallory"], wire: twice() }, "header_repeated"],
    "a key of the gateway": [{ credential: ["authorization: Bearer sk-mallory"] }, "token_malformed"],
    none: [{ credential: [] }, "credential_missing"],
    "Basic authentication": [{ credential: ["authorization: Basic bWFsbG9yeTp4"] }, "credential_malformed"],
  },
});

function twice(): string {
  const lines = [
    "POST /v1/chat/completions HTTP/1.1",
    "host: p",
    "authorization: Bearer TOKEN",
    "authorization: Bearer sk-mallory",
  ];
  return `${[...lines, "content-type: application/json", "connection: close", "content-length: 2"].join("\r\n")}\r\n\r\n{}`;
}
