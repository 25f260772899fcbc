import { once } from "node:events";
import { createServer as createHttpServer, type ServerResponse } from "node:http";
import { type AddressInfo, createServer } from "node:net";
import { Policy } from "../../../proxy/src/policy";
import { RawClient } from "../support/raw-client";
import { RunningProxy } from "../support/running-proxy";

const CHAT = '{"model":"gpt-5","messages":[],"stream":true}';

describe("an answer", () => {
  let running: RunningProxy;
  beforeEach(async () => {
    running = await RunningProxy.start({ more: "limits: { headSeconds: 0.3 }" });
  });
  afterEach(() => running.stop());

  const post = async (client: RawClient, path = "/v1/chat/completions"): Promise<RawClient> => {
    const token = await running.issuer.token(running.now);
    const head = `POST ${path} HTTP/1.1\r\nhost: p\r\nauthorization: Bearer ${token}\r\ncontent-type: application/json`;
    return client.send(`${head}\r\ncontent-length: ${CHAT.length}\r\n\r\n${CHAT}`);
  };
  /** The gateway's answer, once there is one to write to. */
  const streaming = (): Promise<ServerResponse> =>
    new Promise((resolve) => {
      running.gateway.answer = (_request, response) => {
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.flushHeaders();
        resolve(response);
      };
    });

  it("streams event by event, unchanged", async () => {
    const opened = streaming();
    const client = await post(await RawClient.open(running.port));
    const gateway = await opened;
    await client.until(/text\/event-stream\r\n/);
    for (const event of ['data: {"a":1}\n\n', ": ping\n\n", "data: [DONE]\n\n"]) {
      gateway.write(event);
      await client.until(new RegExp(event.replace(/[[\]{}]/g, "\\$&")));
    }
    gateway.end();
    expect(await client.until(/\r\n0\r\n\r\n$/)).toContain("x-request-id: request-1");
    client.destroy();
  });

  it("ends at the gateway when the client leaves", async () => {
    const opened = streaming();
    const client = await post(await RawClient.open(running.port));
    const gateway = await opened;
    await client.until(/event-stream/);
    const cancelled = new Promise((resolve) => gateway.once("close", resolve));
    client.destroy();
    await cancelled;
    expect(await running.lastAudit()).toMatchObject({ decision: "failed", reason: "client_gone" });
  });

  it("that the gateway cuts is cut for the client too, not ended", async () => {
    const opened = streaming();
    const client = await post(await RawClient.open(running.port));
    const gateway = await opened;
    gateway.write("data: half");
    await client.until(/data: half/);
    gateway.socket?.destroy();
    expect(await client.untilClosed()).not.toMatch(/\r\n0\r\n\r\n$/);
    expect(await running.lastAudit()).toMatchObject({ decision: "failed", reason: "upstream_cut" });
  });

  it("of the gateway keeps its status and body, and loses what concerns the gateway alone", async () => {
    running.gateway.answer = (_request, response) => {
      const own = {
        "set-cookie": "a=b",
        "x-litellm-key-spend": "9.5",
        "x-litellm-model-api-base": "http://10.0.0.1",
        "x-ratelimit-limit-requests": "5",
      };
      response.writeHead(429, { ...own, "content-type": "application/json", "retry-after": "7", "content-length": 2 }).end("{}");
    };
    const answer = await running.call({ body: CHAT });
    expect([answer.status, answer.body, answer.headers["retry-after"]]).toEqual([429, "{}", "7"]);
    expect(answer.headers["x-ratelimit-limit-requests"]).toBe("5");
    for (const name of ["set-cookie", "x-litellm-key-spend", "x-litellm-model-api-base", "x-identity-proxy-reason"]) {
      expect(answer.headers[name]).toBeUndefined();
    }
  });

  it("that is a redirect is not handed on: LiteLLM makes its address of the client's Host", async () => {
    running.gateway.answer = (_request, response) => void response.writeHead(307, { location: "http://evil.example.com/" }).end();
    const answer = await running.call({ body: CHAT });
    expect([answer.status, answer.headers.location, answer.headers["x-identity-proxy-reason"]]).toEqual([
      502,
      undefined,
      "upstream_redirect",
    ]);
  });

  it("is an honest error when the gateway is gone", async () => {
    await running.gateway.stop();
    const answer = await running.call({ body: CHAT });
    expect([answer.status, JSON.parse(answer.body).error.code]).toEqual([502, "upstream_unreachable"]);
  });

  it("is an honest error when the gateway does not speak HTTP", async () => {
    const nonsense = createServer((socket) => socket.end("SSH-2.0-OpenSSH\r\n\r\n"));
    await new Promise<void>((resolve) => nonsense.listen(0, "127.0.0.1", resolve));
    const { port } = nonsense.address() as { port: number };
    const other = await RunningProxy.start({
      upstream: `{ profile: litellm, version: 1.108.10, url: "http://127.0.0.1:${port}" }`,
    });
    const answer = await other.call({ body: CHAT });
    expect([answer.status, JSON.parse(answer.body).error.code]).toEqual([502, "upstream_malformed"]);
    await other.stop();
    nonsense.close();
  });

  it.each([
    [
      "/v1/chat/completions",
      { error: { message: expect.any(String), type: "authentication_error", param: null, code: "credential_missing" } },
    ],
    [
      "/v1/messages",
      {
        type: "error",
        error: { type: "authentication_error", message: expect.stringContaining("credential_missing") },
        request_id: "request-1",
      },
    ],
    [
      "/v1beta/models/g:generateContent",
      { error: { code: 401, status: "UNAUTHENTICATED", message: expect.stringContaining("credential_missing") } },
    ],
  ])("to an error on %s has the shape that its SDK understands", async (path, shape) => {
    const answer = await running.call({ path, body: CHAT, token: null });
    expect(JSON.parse(answer.body)).toEqual(shape);
    expect(answer.headers).toMatchObject({
      "x-identity-proxy-reason": "credential_missing",
      "www-authenticate": "Bearer",
      "x-request-id": "request-1",
    });
  });

  it("comes on the same connection for one request after another", async () => {
    const client = await RawClient.open(running.port);
    await (await post(client)).until(/\{"ok":true\}/);
    await (await post(client)).until(/\{"ok":true\}[\s\S]*\{"ok":true\}/);
    client.destroy();
    expect(running.gateway.requests).toHaveLength(2);
  });

  it("that the client does not read holds the gateway for a while only", async () => {
    const other = await RunningProxy.start((_issuer, { url }) => ({
      upstream: `{ profile: litellm, version: 1.108.10, url: "${url}", timeouts: { idleSeconds: 0.2 } }`,
    }));
    const cancelled = new Promise((resolve) => {
      other.gateway.answer = (_request, response) => {
        response.once("close", resolve);
        response.writeHead(200).write(Buffer.alloc(50_000_000));
      };
    });
    const token = await other.issuer.token(other.now);
    const client = await RawClient.open(other.port);
    client.socket.pause();
    client.send(`GET /v1/models HTTP/1.1\r\nhost: p\r\nauthorization: Bearer ${token}\r\n\r\n`);
    await cancelled;
    expect(await other.lastAudit()).toMatchObject({ decision: "failed", reason: "client_stalled" });
    client.destroy();
    await other.stop();
  });

  it.each([
    ["a whole answer", (response: ServerResponse) => response.end("all of it"), /all of it$/],
    ["a stream", (response: ServerResponse) => response.writeHead(200).end("last"), /last\r\n0\r\n\r\n$/],
    ["a long answer", (response: ServerResponse) => response.end(Buffer.alloc(3_000_000, "x")), /x{1000}\r\n0\r\n\r\n$|x{1000}$/],
  ])("is %s and the end of the connection for a client that asks for both", async (_what, answer, end) => {
    running.gateway.answer = (_request, response) => void answer(response);
    const client = await RawClient.open(running.port);
    const token = await running.issuer.token(running.now);
    client.send(`GET /v1/models HTTP/1.1\r\nhost: p\r\nconnection: close\r\nauthorization: Bearer ${token}\r\n\r\n`);
    const text = await client.untilClosed();
    expect(text).toMatch(/^HTTP\/1.1 200 OK\r\n[\s\S]*connection: close\r\n/i);
    expect(text).toMatch(end);
    expect(await running.lastAudit()).toMatchObject({ decision: "forwarded", status: 200 });
  });

  it.each([
    ["whole", (response: ServerResponse) => response.writeHead(200, { "content-length": 5 }).end("early"), /early$/],
    ["as a stream", (response: ServerResponse) => response.writeHead(200).end("early"), /early\r\n0\r\n\r\n$/],
  ])("before the body is there, %s, says that the connection ends, so that nobody sends on it", async (_what, answer, end) => {
    const gateway = createHttpServer((_request, response) => void answer(response)).listen(0, "127.0.0.1");
    await once(gateway, "listening");
    const { port } = gateway.address() as AddressInfo;
    const other = await RunningProxy.start({ upstream: running.upstream(`http://127.0.0.1:${port}`) });
    const client = await RawClient.open(other.port);
    const head = `POST /v1/chat/completions HTTP/1.1\r\nhost: p\r\nauthorization: Bearer ${await other.issuer.token(other.now)}`;
    client.send(`${head}\r\ncontent-type: application/json\r\ncontent-length: 200000\r\n\r\n{"model":"gpt-5",`);
    const text = await client.untilClosed();
    expect(text).toMatch(/^HTTP\/1.1 200 OK\r\n[\s\S]*connection: close\r\n/i);
    expect(text).toMatch(end);
    await other.stop();
    gateway.closeAllConnections();
    gateway.close();
  });

  it.each([
    [204, /^HTTP\/1\.1 204 No Content\r\n(?:(?!content-length|transfer-encoding)[\s\S])*\r\n\r\n$/i],
    [304, /^HTTP\/1\.1 304 Not Modified\r\n(?:(?!transfer-encoding)[\s\S])*\r\n\r\n$/i],
  ])("of %i, which has no body, is not framed", async (status, pattern) => {
    running.gateway.answer = (_request, response) =>
      void response.socket?.write(`HTTP/1.1 ${status} Text\r\ncontent-length: 0\r\n\r\n`);
    const client = await RawClient.open(running.port);
    const token = await running.issuer.token(running.now);
    client.send(`GET /v1/models HTTP/1.1\r\nhost: p\r\nauthorization: Bearer ${token}\r\nconnection: close\r\n\r\n`);
    expect(await client.untilClosed()).toMatch(pattern);
  });

  it("is 500 after a fault of the proxy, for that request and no other", async () => {
    const fault = jest.spyOn(Policy.prototype, "grant").mockImplementation(() => {
      throw new Error("a fault");
    });
    const answer = await running.call({ body: CHAT });
    expect([answer.status, JSON.parse(answer.body).error.code]).toEqual([500, "internal_error"]);
    fault.mockRestore();
    expect((await running.call({ body: CHAT })).status).toBe(200);
  });

  it("is 408 for a client that does not finish its head", async () => {
    const client = await RawClient.open(running.port);
    client.send("POST /v1/chat/completions HTTP/1.1\r\nhost: p\r\n");
    expect(await client.untilClosed()).toMatch(/^HTTP\/1.1 408 /);
  });

  it.each([
    ["a header line over the limit", `x: ${"x".repeat(70_000)}`, 431],
    ["a length beside chunks", "content-length: 5\r\ntransfer-encoding: chunked", 400],
    ["two lengths", "content-length: 5\r\ncontent-length: 6", 400],
    ["a folded line", "x: a\r\n b", 400],
    ["a second Host", "host: q", 400],
    ["an expectation that nobody knows", "expect: 200-ok", 417],
  ])("to %s is as it should be", async (_what, line, status) => {
    const client = await RawClient.open(running.port);
    client.send(`POST /v1/chat/completions HTTP/1.1\r\nhost: p\r\n${line}\r\nconnection: close\r\n\r\n`);
    expect(await client.untilClosed()).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(running.gateway.requests).toEqual([]);
  });

  it("is recorded for an expectation that nobody knows, as for every request that is refused", async () => {
    const client = await RawClient.open(running.port);
    client.send("POST /v1/chat/completions HTTP/1.1\r\nhost: p\r\nexpect: 200-ok\r\nconnection: close\r\n\r\n");
    await client.untilClosed();
    expect(await running.lastAudit()).toMatchObject({ decision: "refused", reason: "expectation_unsupported", status: 417 });
  });
});
