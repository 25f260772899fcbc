import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { RawClient } from "../../support/raw-client";
import { RunningProxy } from "../../support/running-proxy";

let running: RunningProxy;
beforeEach(async () => {
  running = await RunningProxy.start({ front: "node" });
});
afterEach(() => running.stop());

const lines = async (): Promise<string> => `host: p\r\nauthorization: Bearer ${await running.issuer.token(running.now)}\r\n`;
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test("requests in a pipeline are answered in their order", async () => {
  running.gateway.answer = (request, response) => {
    const first = request.url === "/v1/models";
    setTimeout(() => response.writeHead(200).end(first ? "first" : "second"), first ? 30 : 0);
  };
  const head = `${await lines()}\r\n`;
  const client = await RawClient.open(running.port);
  client.send(`GET /v1/models HTTP/1.1\r\n${head}GET /models HTTP/1.1\r\n${head}`);
  expect(await client.until(/second/)).toMatch(/HTTP\/1.1 200 [\s\S]*first[\s\S]*HTTP\/1.1 200 [\s\S]*second/);
  client.destroy();
});

test("a client that leaves while requests wait behind another in its pipeline leaves none of them in progress", async () => {
  const { gateway, port, server } = running;
  const left = new Promise<void>((resolve) => {
    let abandoned = 0;
    gateway.answer = (request) =>
      void request.socket.once("close", () => {
        abandoned += 1;
        if (abandoned === 2) resolve();
      });
  });
  const body = `content-type: application/json\r\ncontent-length: 1000\r\n\r\n{"model":"gpt-5"`;
  const client = await RawClient.open(port);
  const asked = `GET /v1/models HTTP/1.1\r\n${await lines()}\r\n`;
  client.send(`${asked}${asked}POST /v1/chat/completions HTTP/1.1\r\n${await lines()}${body}`);
  while (gateway.requests.length < 2 || server.metrics.active < 3) await turn();
  client.destroy();
  await left;
  expect(server.metrics.active).toBe(0);
  expect(running.audit.join("").match(/client_gone/g)).toHaveLength(3);
});

test("an answer is cut, and gets no second status line, when what follows the request is not HTTP", async () => {
  running.gateway.answer = (_request, response) => void response.writeHead(200).write("data: 1\n\n");
  const client = await RawClient.open(running.port);
  client.send(`GET /v1/models HTTP/1.1\r\n${await lines()}\r\n`);
  await client.until(/data: 1/);
  client.send("garbage\r\n\r\n");
  const text = await client.untilClosed();
  expect(text.match(/HTTP\/1\.1 /g)).toHaveLength(1);
  expect(text).not.toMatch(/0\r\n\r\n$/);
});

test("how a body is framed is seen behind a thousand lines, too", async () => {
  const client = await RawClient.open(running.port);
  const many = Array.from({ length: 1500 }, (_, i) => `x-${i}: y\r\n`).join("");
  client.send(`GET /v1/models HTTP/1.1\r\n${await lines()}${many}content-length: 5\r\n\r\nhello`);
  expect(await client.until(/\}\n$/)).toMatch(/^HTTP\/1\.1 400 [\s\S]*body_unexpected/);
  client.destroy();
  expect(running.gateway.requests).toEqual([]);
});

test.each([
  ["is refused", "GET /nothing", /^HTTP\/1\.1 404 [\s\S]*[}]\s*$/],
  ["waits for its answer", "GET /v1/models", /^$/],
])("a wish for another protocol behind a request that %s ends the connection, and no other", async (_what, line, answer) => {
  let handshakes = 0;
  const gateway = createServer(() => undefined).on("upgrade", (_request, socket) => {
    handshakes += 1;
    socket.end();
  });
  await once(gateway.listen(0, "127.0.0.1"), "listening");
  const url = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`;
  await running.stop();
  running = await RunningProxy.start({ front: "node", upstream: `{ profile: litellm, version: 1.108.10, url: "${url}" }` });
  const client = await RawClient.open(running.port);
  const upgrade = "connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-key: x\r\nsec-websocket-version: 13\r\n";
  client.send(`${line} HTTP/1.1\r\n${await lines()}\r\nGET /v1/realtime?model=gpt-5 HTTP/1.1\r\n${await lines()}${upgrade}\r\n`);
  expect(await client.untilClosed()).toMatch(answer);
  expect(handshakes).toBe(0);
  expect(running.server.metrics.active).toBe(0);
  gateway.closeAllConnections();
  gateway.close();
});
