import { createServer, type Server } from "node:net";
import { RawClient } from "../support/raw-client";
import { RunningProxy } from "../support/running-proxy";

const BODY = '{"model":"gpt-5"}';
const OK = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";

/** A gateway that answers with these bytes whatever it is asked, and then closes or resets the connection. */
async function gatewayThatSends(answer: string, ending: "end" | "reset" = "end"): Promise<{ server: Server; url: string }> {
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.once("data", () => {
      if (answer !== "") socket.write(Buffer.from(answer, "latin1"));
      if (ending === "reset") socket.resetAndDestroy();
      else socket.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as { port: number }).port}` };
}

async function answerThrough(url: string): Promise<{ text: string; audit: Record<string, unknown> }> {
  const running = await RunningProxy.start({ upstream: `{ profile: litellm, version: 1.108.10, url: "${url}" }` });
  const client = await RawClient.open(running.port);
  const token = await running.issuer.token(running.now);
  client.send(
    `POST /v1/chat/completions HTTP/1.1\r\nhost: p\r\nauthorization: Bearer ${token}\r\ncontent-type: application/json\r\n` +
      `connection: close\r\ncontent-length: ${BODY.length}\r\n\r\n${BODY}`,
  );
  const text = await client.untilClosed();
  const audit = await running.lastAudit();
  await running.stop();
  return { text, audit };
}

describe("a gateway", () => {
  test.each([
    ["answers with more bytes than announced", `${OK}content-length: 2\r\n\r\n{}x`, "upstream_malformed"],
    ["gives two lengths", `${OK}content-length: 2\r\ncontent-length: 3\r\n\r\n{}`, "upstream_malformed"],
    ["gives a length beside chunks", `${OK}content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n{}`, "upstream_malformed"],
    ["ends within its head", `${OK}content-le`, "upstream_reset"],
    ["closes without an answer", "", "upstream_reset"],
    ["ends a small answer too early", `${OK}content-length: 20\r\n\r\n{"ok"`, "upstream_cut"],
  ])("that %s is a 502", async (_what, answer, code) => {
    const { server, url } = await gatewayThatSends(answer);
    const { text, audit } = await answerThrough(url);
    expect(text).toMatch(/^HTTP\/1.1 502 /);
    expect(text).toContain(`"code":"${code}"`);
    expect(audit).toMatchObject({ decision: "failed", reason: code });
    server.close();
  });

  test("that resets the connection is a 502", async () => {
    const { server, url } = await gatewayThatSends("", "reset");
    expect((await answerThrough(url)).text).toMatch(/^HTTP\/1.1 502 [\s\S]*upstream_reset/);
    server.close();
  });

  test.each([
    ["large", `${OK}content-length: 200000\r\n\r\n${"x".repeat(1000)}`],
    ["chunked", `${OK}transfer-encoding: chunked\r\n\r\n5\r\nhello\r\n`],
  ])("that breaks off a %s answer never makes a whole one of it", async (_what, answer) => {
    const { server, url } = await gatewayThatSends(answer);
    const { text, audit } = await answerThrough(url);
    expect(text).toMatch(/^HTTP\/1.1 200 /);
    expect(text).not.toMatch(/\r\n0\r\n\r\n$/);
    expect(text.length).toBeLessThan(100_000);
    expect(audit).toMatchObject({ decision: "failed", reason: "upstream_cut" });
    server.close();
  });
});
