import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { RawClient } from "../proxy/support/raw-client";
import { RunningProxy } from "../proxy/support/running-proxy";
import { GATEWAY_KEY } from "../proxy/support/settings";

// LiteLLM takes the identity from the handshake's headers and query, never from frames.
describe("a WebSocket", () => {
  const handshakes: { url: string; headers: IncomingHttpHeaders }[] = [];
  const sockets: Duplex[] = [];
  let server: Server;
  let running: RunningProxy;

  beforeAll(async () => {
    server = createServer().on("upgrade", ({ url = "", headers }, socket) => {
      handshakes.push({ url, headers });
      sockets.push(socket);
      socket.on("error", () => undefined);
      socket.write(
        "HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-accept: x\r\n\r\n",
      );
      socket.on("data", (bytes: Buffer) => socket.write(bytes));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    running = await RunningProxy.start({
      upstream: `{ profile: litellm, version: 1.108.10, url: "http://127.0.0.1:${(server.address() as AddressInfo).port}" }`,
      policy: '{ groups: [{ group: engineering, routes: [realtime], models: ["gpt-5"] }, { group: größe, routes: [realtime] }] }',
    });
  });
  afterAll(async () => {
    for (const socket of sockets) socket.destroy();
    await running.stop();
    server.close();
  });

  async function open(target: string, lines: readonly string[], claims = {}): Promise<RawClient> {
    const token = await running.issuer.token(running.now, claims);
    const usual = [
      "host: p",
      "connection: upgrade",
      "upgrade: websocket",
      "sec-websocket-version: 13",
      "sec-websocket-key: eA==",
    ];
    const all = [...usual, ...lines.map((line) => line.replace("TOKEN", token))];
    return (await RawClient.open(running.port)).send(`GET ${target} HTTP/1.1\r\n${all.join("\r\n")}\r\n\r\n`);
  }

  test("honest: carries the verified identity, and frames both ways", async () => {
    const client = await open("/v1/realtime?model=gpt-5", ["authorization: Bearer TOKEN"]);
    await client.until(/^HTTP\/1\.1 101 /);
    client.send("frame");
    await client.until(/frame$/);
    expect(handshakes.at(-1)?.headers["x-litellm-end-user-id"]).toBe("alice");
    client.destroy();
  });

  test("loses what its query, headers and sub-protocols claim", async () => {
    const lines = [
      "x-litellm-end-user-id: mallory",
      "x-litellm-customer-id: mallory",
      "x-litellm-tags: mallory",
      "x-litellm-api-key: mallory",
    ];
    const protocols = "sec-websocket-protocol: realtime, openai-insecure-api-key.TOKEN, openai-organization.mallory";
    const client = await open("/v1/realtime?model=gpt-5&user=mallory&metadata={}&key=mallory", [...lines, protocols]);
    await client.until(/^HTTP\/1\.1 101 /);
    const last = handshakes.at(-1);
    expect(last?.url).toBe("/v1/realtime?model=gpt-5");
    expect(last?.headers).toMatchObject({ "x-litellm-end-user-id": "alice", authorization: `Bearer ${GATEWAY_KEY}` });
    expect(JSON.stringify(last)).not.toContain("mallory");
    client.destroy();
  });

  test.each([
    ["a model that is not allowed", "/v1/realtime?model=mallory", {}],
    ["a second model", "/v1/realtime?model=gpt-5&model=mallory", {}],
    ["a route that is not listed", "/v1/responses?model=gpt-5", {}],
    ["a tag that no header can carry", "/v1/realtime?model=gpt-5", { groups: ["größe"] }],
  ])("is refused with %s", async (_what, target, claims) => {
    const before = handshakes.length;
    const client = await open(target, ["authorization: Bearer TOKEN"], claims);
    expect(await client.untilClosed()).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(handshakes).toHaveLength(before);
  });
});
