import { prometheusText } from "../../../proxy/src/metrics";
import { RawClient } from "../support/raw-client";
import { RunningProxy } from "../support/running-proxy";
import { GATEWAY_KEY } from "../support/settings";

const SECRET = "the prompt that nobody else may read";
const CHAT = JSON.stringify({ model: "gpt-5", messages: [{ role: "user", content: SECRET }] });

describe("a request", () => {
  let running: RunningProxy | undefined;
  afterEach(() => running?.stop());
  const start = async (more = ""): Promise<RunningProxy> => {
    running = await RunningProxy.start({ more });
    return running;
  };

  it("leaves one line that tells what became of it, and no token, key, name or prompt", async () => {
    const proxy = await start();
    const token = await proxy.issuer.token(proxy.now, { sub: "alice@example.com" });
    await proxy.call({ body: CHAT, token });
    expect(await proxy.lastAudit()).toEqual({
      time: "2026-11-21T12:00:00.000Z",
      request_id: "request-1",
      listener: "api",
      decision: "forwarded",
      reason: "ok",
      method: "POST",
      route_class: "chat",
      route: "/v1/chat/completions",
      caller: expect.stringMatching(/^[0-9a-f]{24}$/),
      groups: 1,
      model: "gpt-5",
      status: 200,
      bytes_in: CHAT.length,
      bytes_out: 11,
      ms: 0,
      first_byte_ms: 0,
    });
    const all = proxy.audit.join();
    for (const secret of [token, GATEWAY_KEY, SECRET, "alice"]) expect(all).not.toContain(secret);
  });

  it.each([
    ["breaks off as HTTP", "request_malformed", 400, "2z\r\n{}\r\n"],
    ["is not there in time", "request_timeout", 408, "2\r\n"],
  ])("whose body %s is told from one whose client is gone", async (_what, reason, status, chunk) => {
    const proxy = await start("limits: { headSeconds: 0.1, bodySeconds: 0.1 }");
    const client = await RawClient.open(proxy.port);
    const head = `POST /v1/chat/completions HTTP/1.1\r\nhost: p\r\nauthorization: Bearer ${await proxy.issuer.token(proxy.now)}`;
    client.send(`${head}\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n${chunk}`);
    expect(await client.untilClosed()).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    while (proxy.server.metrics.active > 0) await new Promise((resolve) => setImmediate(resolve));
    expect(await proxy.lastAudit()).toMatchObject({ decision: "refused", reason, status });
    expect(proxy.audit.join("").trim().split("\n")).toHaveLength(1);
  });

  it("of the same caller has the same name, of another one another", async () => {
    const proxy = await start();
    const names: unknown[] = [];
    for (const sub of ["alice", "alice", "bob"]) {
      await proxy.call({ body: CHAT, token: await proxy.issuer.token(proxy.now, { sub, jti: String(names.length) }) });
      names.push((await proxy.lastAudit()).caller);
    }
    expect(names[0]).toBe(names[1]);
    expect(names[0]).not.toBe(names[2]);
  });

  it.each([
    ["plain", "alice"],
    ["none", undefined],
  ])("has a %s name where the settings say so", async (form, name) => {
    const proxy = await start(`audit: { identity: ${form} }`);
    await proxy.call({ body: CHAT });
    expect((await proxy.lastAudit()).caller).toBe(name);
  });

  it("that is refused leaves a line with the reason, and nothing of its path", async () => {
    const proxy = await start();
    await proxy.call({ path: "/secret/path?token=abc", body: CHAT });
    expect(await proxy.lastAudit()).toMatchObject({ decision: "refused", reason: "route_unknown", status: 404 });
    expect(proxy.audit.join()).not.toMatch(/secret|abc/);
  });

  it("is counted by listener, class, decision and reason, whatever clients send", async () => {
    const proxy = await start();
    await proxy.call({ body: CHAT });
    for (let i = 0; i < 20; i++) await proxy.call({ path: `/random/${i}`, body: CHAT, headers: ["x-random", String(i)] });
    for (let i = 0; i < 20; i++) await proxy.call({ body: JSON.stringify({ model: `m-${i}` }), token: null });
    const text = prometheusText(proxy.server.samples());
    const lines = text.split("\n").filter((line) => line.startsWith("identity_proxy_requests_total{"));
    expect(lines.sort()).toEqual([
      'identity_proxy_requests_total{listener="api",class="chat",decision="forwarded",reason="ok",status="2xx"} 1',
      'identity_proxy_requests_total{listener="api",class="chat",decision="refused",reason="credential_missing",status="4xx"} 20',
      'identity_proxy_requests_total{listener="api",class="none",decision="refused",reason="route_unknown",status="4xx"} 20',
    ]);
    expect(text).toMatch(/identity_proxy_request_duration_seconds_bucket\{listener="api",class="chat",le="\+Inf"\} 21\n/);
    expect(text).toMatch(/identity_proxy_requests_in_progress 0\n/);
    expect(text).toMatch(/identity_proxy_token_verifications\{listener="api"\} 1\n/);
  });

  it("over the limit of requests is refused, and told when to come back", async () => {
    const proxy = await start("limits: { requests: 1 }");
    const held = new Promise<() => void>((resolve) => {
      proxy.gateway.answer = (_request, response) => resolve(() => response.end("{}"));
    });
    const first = proxy.call({ body: CHAT });
    const release = await held;
    const second = await proxy.call({ body: CHAT });
    expect([second.status, second.headers["retry-after"], JSON.parse(second.body).error.code]).toEqual([
      503,
      "1",
      "too_many_requests",
    ]);
    release();
    expect((await first).status).toBe(200);
  });
});
