import { RawClient } from "../support/raw-client";
import { RunningProxy } from "../support/running-proxy";

const LONG = "x".repeat(200_000);
const chat = (members: object): string => JSON.stringify({ model: "gpt-5", ...members });

/** Settings with a limit for the test to meet, and a policy with one model. */
function start(): Promise<RunningProxy> {
  return RunningProxy.start({
    policy: '{ groups: [{ group: engineering, models: ["gpt-5"], tags: ["größe"] }, { group: all }] }',
    more: "limits: { bodyBytes: 400000, uploads: 1, bodyIdleSeconds: 0.3 }",
  });
}

describe("a body", () => {
  let running: RunningProxy;
  beforeEach(async () => {
    running = await start();
  });
  afterEach(() => running.stop());

  const code = (answer: { status: number; body: string }) => [answer.status, JSON.parse(answer.body).error.code];
  const head = async (lines: string): Promise<string> =>
    `POST /v1/chat/completions HTTP/1.1\r\nhost: p\r\nauthorization: Bearer ${await running.issuer.token(running.now)}\r\n${lines}\r\n\r\n`;

  it.each([
    ["small", "hi"],
    ["large", LONG],
  ])("that is %s loses what the client claims, and gets what was verified", async (_what, content) => {
    const body = chat({
      user: "root",
      litellm_metadata: { tags: ["root"] },
      messages: [content],
      tags: ["root"],
      litellm_params: { a: 1 },
    });
    expect((await running.call({ body })).status).toBe(200);
    const { headers, body: text } = running.gateway.last;
    expect(headers["x-litellm-end-user-id"]).toEqual(["alice"]);
    expect(headers["content-length"]).toEqual([String(Buffer.byteLength(text))]);
    expect(JSON.parse(text)).toEqual({ model: "gpt-5", messages: [content], litellm_metadata: { tags: ["größe"] } });
    expect(text).not.toContain("root");
  });

  it.each([
    ["small", "hi"],
    ["large", LONG],
  ])("in chunks, %s, arrives whole", async (_what, content) => {
    const body = chat({ messages: [content] });
    const client = await RawClient.open(running.port);
    client.send(await head("content-type: application/json\r\ntransfer-encoding: chunked"));
    for (const piece of [body.slice(0, 5), body.slice(5)])
      client.send(`${Buffer.byteLength(piece).toString(16)}\r\n${piece}\r\n`);
    client.send("0\r\n\r\n");
    expect(await client.until(/\{"ok":true\}/)).toMatch(/^HTTP\/1.1 200 /);
    expect(JSON.parse(running.gateway.last.body)).toMatchObject({ messages: [content] });
    client.destroy();
  });

  it("is asked for once the caller is known, where the client waits for that", async () => {
    const body = chat({ messages: [] });
    const client = await RawClient.open(running.port);
    client.send(await head(`content-type: application/json\r\ncontent-length: ${body.length}\r\nexpect: 100-continue`));
    await client.until(/^HTTP\/1.1 100 Continue\r\n\r\n$/);
    client.send(body);
    expect(await client.until(/\{"ok":true\}/)).toMatch(/HTTP\/1.1 200 /);
    client.destroy();
    const stranger = await RawClient.open(running.port);
    stranger.send(
      `POST /v1/chat/completions HTTP/1.1\r\nhost: p\r\ncontent-type: application/json\r\ncontent-length: 5\r\nexpect: 100-continue\r\n\r\n`,
    );
    expect(await stranger.untilClosed()).toMatch(/^HTTP\/1.1 401 /);
  });

  it.each([
    ["names a model that is not allowed", chat({ model: "gpt-4" }), 403, "model_not_allowed"],
    ["names two models in one", chat({ model: "gpt-5,gpt-4" }), 400, "model_malformed"],
    ["names no model", '{"messages":[]}', 400, "model_missing"],
    ["names none by null", chat({ model: null }), 400, "model_missing"],
    ["names a model that is no text", chat({ model: ["gpt-5"] }), 400, "wrong_type"],
    ["names a model twice", '{"model":"gpt-5","model":"gpt-4"}', 400, "duplicate_member"],
    ["is cut off", '{"model":"gpt-5"', 400, "truncated_json"],
    ["is over the limit", chat({ messages: ["x".repeat(400_000)] }), 413, "body_too_large"],
  ])("that %s is refused", async (_what, body, status, reason) => {
    expect(code(await running.call({ body }))).toEqual([status, reason]);
    expect(running.gateway.requests).toEqual([]);
  });

  it.each([
    ["another model at its end", `{"messages":["${LONG}"],"model":"gpt-4"}`, 403, "model_not_allowed"],
    ["no model", `{"messages":["${LONG}"]}`, 400, "model_missing"],
    ["something behind it", `{"model":"gpt-5","messages":["${LONG}"]} {}`, 400, "trailing_data"],
  ])("that is large and has %s never is complete at the gateway", async (_what, body, status, reason) => {
    expect(code(await running.call({ body }))).toEqual([status, reason]);
    expect((await running.call({ body: chat({ messages: [LONG] }) })).status).toBe(200);
    expect(running.gateway.requests).toHaveLength(1);
  });

  it.each([
    ["another content type", ["content-type", "text/plain"], "unsupported_media_type"],
    ["a form", ["content-type", "application/x-www-form-urlencoded"], "body_kind_wrong"],
    ["compression", ["content-encoding", "gzip"], "compressed_body"],
    ["another charset", ["content-type", "application/json; charset=utf-16"], "unsupported_charset"],
  ])("with %s is refused with 415", async (_what, headers, reason) => {
    expect(code(await running.call({ body: chat({}), headers }))).toEqual([415, reason]);
  });

  it("is refused on a route that takes none", async () => {
    const answer = await running.call({ method: "GET", path: "/v1/models", body: "{}" });
    expect(code(answer)).toEqual([400, "body_unexpected"]);
    expect((await running.call({ method: "GET", path: "/v1/models" })).status).toBe(200);
  });

  it("that comes to a standstill is given up", async () => {
    const client = await RawClient.open(running.port);
    client.send(`${await head("content-type: application/json\r\ncontent-length: 50")}{"model"`);
    expect(await client.untilClosed()).toMatch(/^HTTP\/1.1 408 [\s\S]*body_timeout/);
    expect(running.gateway.requests).toEqual([]);
  });

  it("that is large waits for nobody: over the limit of uploads it is refused", async () => {
    const slow = await RawClient.open(running.port);
    slow.send(`${await head("content-type: application/json\r\ncontent-length: 100000")}{"model":"gpt-5",`);
    const uploads = (): unknown =>
      running.server.samples().find(({ name }) => name === "identity_proxy_uploads_in_progress")?.values[0]?.[1];
    while (uploads() !== 1) await new Promise((resolve) => setImmediate(resolve));
    const refused = await running.call({ body: chat({ messages: [LONG] }) });
    expect(code(refused)).toEqual([503, "too_many_uploads"]);
    expect(refused.headers["retry-after"]).toBe("1");
    slow.destroy();
  });

  it("that is large gives its place back when it is refused on its way", async () => {
    for (let count = 0; count < 2; count++) {
      const client = await RawClient.open(running.port);
      client.send(`${await head("content-type: application/json\r\ncontent-length: 100000")}{"model":"other",`);
      expect(await client.untilClosed()).toMatch(/^HTTP\/1.1 403 [\s\S]*model_not_allowed/);
    }
    expect((await running.call({ body: chat({ messages: [LONG] }) })).status).toBe(200);
  });
});
