import { RawClient } from "../../support/raw-client";
import { RunningProxy } from "../../support/running-proxy";

const CHAT = '{"model":"gpt-5"}';

describe("the strict front", () => {
  let running: RunningProxy;
  let client: RawClient;
  let head: string;
  beforeEach(async () => {
    running = await RunningProxy.start({ front: "strict", more: "limits: { headSeconds: 0.3, keepAliveSeconds: 0.3 }" });
    client = await RawClient.open(running.port);
    head = `host: p\r\nauthorization: Bearer ${await running.issuer.token(running.now)}\r\n`;
  });
  afterEach(async () => {
    client.destroy();
    await running.stop();
  });

  const chat = (framing: string, body: string): string =>
    `POST /v1/chat/completions HTTP/1.1\r\n${head}content-type: application/json\r\n${framing}\r\n\r\n${body}`;
  const paths = (): string[] => running.gateway.requests.map(({ url }) => url);

  it("serves one request after the other on a connection", async () => {
    for (const pattern of [/0\r\n\r\n$/, /true[\s\S]*true[\s\S]*0\r\n\r\n$/]) {
      client.send(chat(`content-length: ${CHAT.length}`, CHAT));
      expect(await client.until(pattern)).not.toContain("connection: close");
    }
    client.send(chat("transfer-encoding: chunked", `9\r\n${CHAT.slice(0, 9)}\r\n8\r\n${CHAT.slice(9)}\r\n0\r\n\r\n`));
    await client.until(/(?:true[\s\S]*){3}0\r\n\r\n$/);
    expect(running.gateway.requests.map(({ body }) => body)).toEqual([CHAT, CHAT, CHAT]);
  });

  it.each([
    ["that has no body", (next: string) => `GET /v1/models HTTP/1.1\r\n${head}\r\n${next}`],
    ["with a length", (next: string) => chat(`content-length: ${CHAT.length}`, CHAT + next)],
    ["in chunks", (next: string) => chat("transfer-encoding: chunked", `11\r\n${CHAT}\r\n0\r\n\r\n${next}`)],
  ])("never reads what comes behind a request %s: it is answered, and the connection ends", async (_what, wire) => {
    client.send(wire(`GET /models HTTP/1.1\r\n${head}\r\n`));
    const text = await client.untilClosed();
    expect(text.match(/^HTTP\/1\.1 /gm)).toHaveLength(1);
    expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*connection: close\r\n[\s\S]*0\r\n\r\n$/);
    expect(paths()).toHaveLength(1);
    expect(paths()).not.toContain("/models");
  });

  it("never reads a request out of the body of one that came too early", async () => {
    client.send(`GET /v1/models HTTP/1.1\r\n${head}\r\n`);
    await client.until(/0\r\n\r\n$/);
    const inner = `GET /models HTTP/1.1\r\n${head}\r\n`;
    // The first body is refused as soon as it is there, in the same read as the head of what comes too early.
    client.send(chat("content-length: 4", ""));
    while (running.server.metrics.active === 0) await new Promise((resolve) => setImmediate(resolve));
    client.send(`{{{{${chat(`content-length: ${inner.length}`, "")}`);
    await client.until(/HTTP\/1\.1 400 [\s\S]*\}/);
    client.send(inner);
    expect((await client.untilClosed()).match(/^HTTP\/1\.1 /gm)).toHaveLength(2);
    expect(paths()).toEqual(["/v1/models"]);
  });

  describe("with a token that it verifies for the first time", () => {
    let end: Promise<() => void>;
    beforeEach(() => {
      end = new Promise((resolve) => {
        running.gateway.answer = (request, response) => {
          request.socket.once("close", () => gone());
          resolve(() => response.end("{}"));
        };
      });
    });
    let gone = (): void => undefined;

    it("reads nothing behind a request either", async () => {
      client.send(chat(`content-length: ${CHAT.length}`, CHAT));
      const finish = await end;
      client.send(`GET /models HTTP/1.1\r\n${head}\r\n`);
      await new Promise((resolve) => setTimeout(resolve, 20));
      finish();
      expect((await client.untilClosed()).match(/^HTTP\/1\.1 /gm)).toHaveLength(1);
      expect(paths()).toEqual(["/v1/chat/completions"]);
    });

    it("sees a client leave that had sent something behind its request", async () => {
      client.send(chat(`content-length: ${CHAT.length}`, CHAT));
      await end;
      const left = new Promise<void>((resolve) => {
        gone = resolve;
      });
      client.send("\r\n");
      await new Promise((resolve) => setTimeout(resolve, 20));
      client.destroy();
      await left;
    });
  });

  it("keeps an idle connection at least as long as it says", async () => {
    const lives = await Promise.all(
      [0, 30, 60, 90, 120].map(async (wait) => {
        await new Promise((resolve) => setTimeout(resolve, wait));
        const idle = await RawClient.open(running.port);
        idle.send(`GET /v1/models HTTP/1.1\r\n${head}\r\n`);
        await idle.until(/0\r\n\r\n$/);
        const from = performance.now();
        await idle.untilClosed();
        return performance.now() - from;
      }),
    );
    // Timers may be a millisecond early.
    expect(Math.min(...lives)).toBeGreaterThan(295);
  });

  it("lets an answer arrive whole though its client goes on sending, and ends the connection behind it", async () => {
    const opened = new Promise<() => void>((resolve) => {
      running.gateway.answer = (_request, response) => {
        response.writeHead(200).write("first");
        resolve(() => response.end("last"));
      };
    });
    client.send(`GET /v1/models HTTP/1.1\r\n${head}\r\n`);
    const end = await opened;
    await client.until(/first/);
    client.send(`GET /models HTTP/1.1\r\n${head}\r\n`);
    while (running.gateway.requests.length > 1) await new Promise((resolve) => setImmediate(resolve));
    end();
    expect(await client.untilClosed()).toMatch(/first[\s\S]*last\r\n0\r\n\r\n$/);
    expect(paths()).toEqual(["/v1/models"]);
  });

  it("makes no WebSocket of a wish behind another request", async () => {
    const upgrade = "connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-key: x\r\nsec-websocket-version: 13\r\n";
    client.send(`GET /v1/models HTTP/1.1\r\n${head}\r\nGET /v1/realtime?model=gpt-5 HTTP/1.1\r\n${head}${upgrade}\r\n`);
    expect(await client.untilClosed()).toMatch(/^HTTP\/1\.1 200 (?:(?!HTTP\/1\.1)[\s\S])*$/);
    expect(paths()).toEqual(["/v1/models"]);
  });

  it.each([
    ["HTTP/1.0", () => `GET /v1/models HTTP/1.0\r\n${head}\r\n`, 505],
    ["an empty line before a request", () => `\r\nGET /v1/models HTTP/1.1\r\n${head}\r\n`, 400],
    ["an unknown method", () => `GETS /v1/models HTTP/1.1\r\n${head}\r\n`, 400],
    ["a tunnel", () => `CONNECT /v1/models HTTP/1.1\r\n${head}\r\n`, 400],
    ["no Host", () => `GET /v1/models HTTP/1.1\r\n${head.replace("host", "x-host")}\r\n`, 400],
    ["no header at all", () => "GET /v1/models HTTP/1.1\r\n\r\n", 400],
    ["a line without a colon", () => `GET /v1/models HTTP/1.1\r\n${head}x\r\n\r\n`, 400],
    ["a tab at the end of a line", () => chat(`content-length: ${CHAT.length}\t`, CHAT), 400],
    ["a body behind an upgrade", () => chat("connection: upgrade\r\nupgrade: websocket\r\ncontent-length: 17", CHAT), 400],
    ["a chunk extension", () => chat("transfer-encoding: chunked", `11;a=b\r\n${CHAT}\r\n0\r\n\r\n`), 400],
    ["a trailer", () => chat("transfer-encoding: chunked", `11\r\n${CHAT}\r\n0\r\nx: y\r\n\r\n`), 400],
    ["a chunk that goes on behind its length", () => chat("transfer-encoding: chunked", `10\r\n${CHAT}\r\n0\r\n\r\n`), 400],
    ["a head over the limit", () => `GET /v1/models HTTP/1.1\r\n${head}x: ${"x".repeat(70_000)}`, 431],
    ["a head that is not finished", () => `GET /v1/models HTTP/1.1\r\n${head}`, 408],
  ])("refuses %s, and ends the connection", async (_what, wire, status) => {
    client.send(wire());
    expect(await client.untilClosed()).toMatch(new RegExp(`^HTTP/1\\.1 ${status} [^\\r]*\\r\\n(?:(?!HTTP/1\\.1)[\\s\\S])*$`));
    expect(running.gateway.requests).toEqual([]);
    expect(running.server.metrics.active).toBe(0);
  });

  it("ends a connection on which nothing comes, before and after a request", async () => {
    expect(await client.untilClosed()).toMatch(/^HTTP\/1\.1 408 /);
    client = await RawClient.open(running.port);
    client.send(`GET /v1/models HTTP/1.1\r\n${head}\r\n`);
    expect(await client.untilClosed()).toMatch(/^HTTP\/1\.1 200 (?:(?!HTTP\/1\.1)[\s\S])*0\r\n\r\n$/);
  });

  it("takes a client that closes its side for gone", async () => {
    const asked = new Promise<void>((resolve) => {
      running.gateway.answer = (request) => void request.socket.once("close", resolve);
    });
    client.send(`GET /v1/models HTTP/1.1\r\n${head}\r\n`);
    while (running.gateway.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
    client.socket.end();
    await asked;
    expect(await running.lastAudit()).toMatchObject({ decision: "failed", reason: "client_gone" });
  });

  it("ends idle connections and lets requests in progress end when the proxy ends", async () => {
    const opened = new Promise<() => void>((resolve) => {
      running.gateway.answer = (_request, response) => resolve(() => response.writeHead(200).end("done"));
    });
    const idle = await RawClient.open(running.port);
    client.send(`GET /v1/models HTTP/1.1\r\n${head}\r\n`);
    const end = await opened;
    const stopped = running.server.stop();
    expect(await idle.untilClosed()).toBe("");
    end();
    expect(await client.untilClosed()).toMatch(/200 OK[\s\S]*done/);
    await stopped;
  });
});
