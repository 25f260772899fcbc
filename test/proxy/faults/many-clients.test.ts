import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { request } from "node:http";
import { createServer } from "node:https";
import { join } from "node:path";
import { RawClient } from "../support/raw-client";
import { RunningProxy } from "../support/running-proxy";

jest.setTimeout(30_000);

const CHAT = '{"model":"gpt-5"}';

let running: RunningProxy | undefined;
afterEach(() => running?.stop());

/** Bytes that are nowhere the same, so that a piece in the wrong place is seen. */
function pattern(length: number): Buffer {
  const bytes = Buffer.alloc(length, "-");
  for (let i = 0; i + 8 <= length; i += 8) bytes.write(i.toString(16).padStart(8, "0"), i, "latin1");
  return bytes;
}

test("500 clients that never finish their heads do not keep a good one waiting, and are closed", async () => {
  running = await RunningProxy.start({ more: "limits: { headSeconds: 0.5 }" });
  const { port } = running;
  const halfOpen = await Promise.all(Array.from({ length: 500 }, () => RawClient.open(port)));
  for (const client of halfOpen) client.send("POST /v1/chat/completions HTTP/1.1\r\nhost: p\r\nx-");
  expect((await running.call({ body: CHAT })).status).toBe(200);
  const ends = await Promise.all(halfOpen.map((client) => client.untilClosed()));
  expect(ends.filter((text) => text.startsWith("HTTP/1.1 408 "))).toHaveLength(500);
});

test.each(["with a length", "in chunks"])(
  "a large answer %s comes whole to clients that read at different speeds",
  async (form) => {
    const bytes = pattern(6_000_000);
    running = await RunningProxy.start();
    running.gateway.answer = (_request, response) => {
      if (form === "with a length") response.setHeader("content-length", bytes.length);
      response.writeHead(200).end(bytes);
    };
    const token = await running.issuer.token(running.now);
    const { port } = running;
    const read = (pauseMs: number): Promise<string> =>
      new Promise((resolve, reject) => {
        const headers = { authorization: `Bearer ${token}` };
        request({ port, host: "127.0.0.1", path: "/v1/models", headers, agent: false }, (answer) => {
          const hash = createHash("sha256");
          if (pauseMs > 0) {
            answer.pause();
            setTimeout(() => answer.resume(), pauseMs);
          }
          answer.on("data", (chunk: Buffer) => hash.update(chunk));
          answer.on("end", () => resolve(hash.digest("hex")));
        })
          .on("error", reject)
          .end();
      });
    const wanted = createHash("sha256").update(bytes).digest("hex");
    expect(await Promise.all([0, 100, 0, 50, 0, 0].map(read))).toEqual(Array.from({ length: 6 }, () => wanted));
  },
);

test("large bodies of many clients at once arrive whole, each its own", async () => {
  running = await RunningProxy.start();
  const proxy = running;
  const bodies = Array.from({ length: 12 }, (_, i) => {
    const text = `${i} ${pattern(1_500_000).toString("latin1")}\\"`;
    return `{"model":"gpt-5","user":"eve","messages":[{"role":"user","content":"${text}"}],"n":${i}}`;
  });
  const answers = await Promise.all(bodies.map((body) => proxy.call({ body })));
  expect(answers.map(({ status }) => status)).toEqual(bodies.map(() => 200));
  const arrived = proxy.gateway.requests.map(({ body }) => body).sort();
  const blanked = bodies.map((body) => body.replace(',"user":"eve"', " ".repeat(',"user":"eve"'.length))).sort();
  expect(arrived.map((body, i) => body === blanked[i])).toEqual(bodies.map(() => true));
});

test("bodies of every size over TLS to a gateway that reads slowly arrive whole, each its own", async () => {
  const file = (name: string): string => join(__dirname, "../../fixtures/proxy", name);
  const arrived: string[] = [];
  const gateway = createServer(
    { key: readFileSync(file("server.key")), cert: readFileSync(file("server.pem")) },
    (request, response) => {
      const hash = createHash("sha256");
      request.on("data", (chunk: Buffer) => {
        hash.update(chunk);
        request.pause();
        setImmediate(() => request.resume());
      });
      request.on("end", () => {
        arrived.push(hash.digest("hex"));
        response.end("{}");
      });
    },
  ).listen(0, "127.0.0.1");
  await once(gateway, "listening");
  const { port } = gateway.address() as { port: number };
  running = await RunningProxy.start({
    upstream: `{ profile: litellm, version: 1.108.10, url: "https://127.0.0.1:${port}", caFile: ${file("ca.pem")} }`,
  });
  const proxy = running;
  const sizes = [100, 4096, 8192, 65_000, 66_000, 131_072, 300_000];
  const bodies = Array.from({ length: 56 }, (_, i) => {
    const text = `${i} ${pattern(sizes[i % sizes.length] ?? 0).toString("latin1")}`;
    return `{"model":"gpt-5","user":"eve","messages":[{"role":"user","content":"${text}"}],"n":${i}}`;
  });
  const answers = await Promise.all(bodies.map((body) => proxy.call({ body })));
  expect(answers.map(({ status }) => status)).toEqual(bodies.map(() => 200));
  const blanked = bodies.map((body) => body.replace(',"user":"eve"', " ".repeat(',"user":"eve"'.length)));
  const wanted = blanked.map((body) => createHash("sha256").update(body).digest("hex"));
  expect(arrived.sort()).toEqual(wanted.sort());
  gateway.closeAllConnections();
  gateway.close();
});

test("a client that leaves within its body leaves no request at the gateway and nothing in progress", async () => {
  running = await RunningProxy.start();
  const token = await running.issuer.token(running.now);
  const head = `POST /v1/chat/completions HTTP/1.1\r\nhost: p\r\nauthorization: Bearer ${token}\r\ncontent-type: application/json\r\n`;
  for (const length of [1000, 1_000_000]) {
    const client = await RawClient.open(running.port);
    client.send(`${head}content-length: ${length}\r\nexpect: 100-continue\r\n\r\n`);
    await client.until(/100 Continue/);
    client.send(`{"model":"gpt-5","x":"${"y".repeat(length / 2)}`);
    client.destroy();
  }
  while (running.server.metrics.active > 0) await new Promise((resolve) => setImmediate(resolve));
  expect(running.gateway.requests).toEqual([]);
  expect(await running.lastAudit()).toMatchObject({ decision: "failed", reason: "client_gone" });
  expect((await running.call({ body: CHAT })).status).toBe(200);
});

test("what comes in the same turn leaves together, and to each client its own", async () => {
  running = await RunningProxy.start({ front: "node" });
  const { gateway, issuer, now, port } = running;
  gateway.answer = (_request, response, body) => void response.writeHead(200).end(body.repeat(20));
  const token = await issuer.token(now);
  const requestOf = (name: string): string => {
    const body = `{"model":"gpt-5","n":"${name}"}`;
    const head = `POST /v1/chat/completions HTTP/1.1\r\nhost: p\r\nauthorization: Bearer ${token}\r\ncontent-type: application/json`;
    return `${head}\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
  };
  const clients = await Promise.all(Array.from({ length: 60 }, () => RawClient.open(port)));
  const names = (i: number): string[] => ["a", "b", "c"].map((letter) => `${i}${letter}`);
  for (const [i, client] of clients.entries()) client.send(names(i).map(requestOf).join(""));
  const texts = await Promise.all(
    clients.map((client, i) => client.until(new RegExp(`(?:[{]"model":"gpt-5","n":"${i}c"[}]){20}`))),
  );
  for (const [i, text] of texts.entries()) {
    const answered = [...text.matchAll(/"n":"(\w+)"/g)].map(([, name]) => name);
    expect(answered).toEqual(names(i).flatMap((name) => Array.from({ length: 20 }, () => name)));
  }
  expect(gateway.requests.map(({ body }) => JSON.parse(body).n).sort()).toEqual(clients.flatMap((_, i) => names(i)).sort());
  for (const client of clients) client.destroy();
});
