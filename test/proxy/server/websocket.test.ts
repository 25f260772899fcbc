import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { RawClient } from "../support/raw-client";
import { RunningProxy } from "../support/running-proxy";
import { settingsFrom } from "../support/settings";

const KEY = "dGhlIHNhbXBsZSBub25jZQ==";

describe("a WebSocket", () => {
  let server: Server;
  let running: RunningProxy;
  let sockets: Duplex[];
  let handshakes: { url: string; headers: NodeJS.Dict<string | string[]> }[];

  beforeEach(async () => {
    handshakes = [];
    sockets = [];
    server = createServer((_request, response) => void response.writeHead(403).end());
    server.on("upgrade", (request, socket) => {
      sockets.push(socket);
      handshakes.push({ url: request.url ?? "", headers: request.headers });
      if (request.url?.includes("broken")) {
        socket.end("HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n");
        return;
      }
      socket.write(
        "HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-accept: x\r\nset-cookie: a=b\r\n\r\nhello",
      );
      socket.on("data", (bytes: Buffer) => socket.write(`echo ${bytes.toString()}`));
      socket.on("error", () => undefined);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    running = await RunningProxy.start(parts());
  });
  afterEach(async () => {
    await running.stop();
    server.closeAllConnections();
    server.close();
  });

  const parts = () => ({
    upstream: `{ profile: litellm, version: 1.108.10, url: "http://127.0.0.1:${(server.address() as AddressInfo).port}" }`,
    policy:
      '{ groups: [{ group: engineering, routes: [realtime], models: ["gpt-*", "broken"] }, { group: "größe", routes: [realtime] }, { group: chat }] }',
  });

  async function open(path: string, lines: string, claims: Record<string, unknown> = {}): Promise<RawClient> {
    const token = await running.issuer.token(running.now, claims);
    const client = await RawClient.open(running.port);
    const handshake = `connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: ${KEY}`;
    return client.send(`GET ${path} HTTP/1.1\r\nhost: p\r\n${handshake}\r\n${lines.replace("TOKEN", token)}\r\n\r\n`);
  }

  it("carries the verified identity in its handshake, then bytes both ways", async () => {
    const spoofed = "x-litellm-end-user-id: root\r\nx-litellm-tags: root\r\nx-litellm-api-key: sk-other";
    const client = await open("/v1/realtime?model=gpt-5&user=root", `authorization: Bearer TOKEN\r\n${spoofed}`);
    const answer = await client.until(/hello$/);
    expect(answer).toMatch(/^HTTP\/1.1 101 [\s\S]*sec-websocket-accept: x\r\n/);
    expect(answer).not.toContain("set-cookie");
    client.send("frame");
    await client.until(/echo frame$/);
    const [{ url, headers } = { url: "", headers: {} }] = handshakes;
    expect(url).toBe("/v1/realtime?model=gpt-5");
    expect(headers).toMatchObject({
      "x-litellm-end-user-id": "alice",
      "x-litellm-tags": "engineering",
      authorization: "Bearer sk-gateway-key-of-the-proxy",
    });
    expect(headers["x-litellm-api-key"]).toBeUndefined();
    client.destroy();
  });

  it("is recorded when the proxy cuts it at its end, before the proxy has ended", async () => {
    await running.server.reload(settingsFrom(running.text({ ...parts(), more: "drainSeconds: 0.1" })));
    const clients = await Promise.all(
      Array.from({ length: 3 }, () => open("/v1/realtime?model=gpt-5", "authorization: Bearer TOKEN")),
    );
    for (const client of clients) await client.until(/hello$/);
    await running.server.stop();
    expect(running.audit.join("").match(/"status":101/g)).toHaveLength(3);
    for (const client of clients) client.destroy();
  });

  it("takes the token of a browser from the sub-protocol, and does not forward it", async () => {
    const client = await open(
      "/v1/realtime?model=gpt-5",
      "sec-websocket-protocol: realtime, openai-insecure-api-key.TOKEN, openai-organization.x",
    );
    await client.until(/hello$/);
    expect(handshakes[0]?.headers["sec-websocket-protocol"]).toBe("realtime");
    client.destroy();
  });

  it.each([
    ["a model that is not allowed", "/v1/realtime?model=claude-5", {}, 403, "model_not_allowed"],
    ["two models", "/v1/realtime?model=gpt-5&model=claude-5", {}, 400, "query_ambiguous"],
    ["no model", "/v1/realtime", {}, 400, "model_missing"],
    ["a route that is none", "/v1/responses", {}, 405, "method_not_allowed"],
    ["a caller who may not", "/v1/realtime?model=gpt-5", { groups: ["chat"] }, 403, "route_not_allowed"],
    ["tags that no header carries", "/v1/realtime?model=gpt-5", { groups: ["größe"] }, 403, "identity_not_in_headers"],
    ["a gateway that does not want it", "/v1/realtime?model=broken", {}, 403, "upstream_refused_upgrade"],
  ])("with %s is refused", async (_what, path, claims, status, reason) => {
    const client = await open(path, "authorization: Bearer TOKEN", claims);
    const answer = await client.untilClosed();
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).toContain(`x-identity-proxy-reason: ${reason}`);
  });

  it("without a caller is refused", async () => {
    const client = await open("/v1/realtime?model=gpt-5", "x: y");
    expect(await client.untilClosed()).toMatch(/^HTTP\/1.1 401 /);
    expect(handshakes).toEqual([]);
  });

  it("is the only protocol that a connection can change to", async () => {
    const client = await RawClient.open(running.port);
    client.send("GET /v1/realtime HTTP/1.1\r\nhost: p\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n");
    expect(await client.untilClosed()).toMatch(/^HTTP\/1.1 400 [\s\S]*upgrade_unknown/);
  });

  it("ends on both sides when one leaves, with one audit line", async () => {
    const client = await open("/v1/realtime?model=gpt-5", "authorization: Bearer TOKEN");
    await client.until(/hello$/);
    for (const socket of sockets) socket.destroy();
    await client.untilClosed();
    expect(await running.lastAudit()).toMatchObject({ decision: "forwarded", status: 101, route_class: "realtime" });
  });
});
