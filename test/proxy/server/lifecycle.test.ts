import type { ServerResponse } from "node:http";
import { join } from "node:path";
import { freePorts } from "../process/program";
import { Issuer } from "../support/issuer";
import { RawClient } from "../support/raw-client";
import { RunningProxy } from "../support/running-proxy";
import { settingsFrom } from "../support/settings";

const CHAT = '{"model":"gpt-5","messages":[]}';

describe("a running proxy", () => {
  let running: RunningProxy;
  beforeEach(async () => {
    running = await RunningProxy.start();
  });
  afterEach(() => running.stop());

  /** A request that the gateway has and does not answer yet. */
  async function waiting(client: RawClient): Promise<ServerResponse> {
    const token = await running.issuer.token(running.now);
    const held = new Promise<ServerResponse>((resolve) => {
      running.gateway.answer = (_request, response) => resolve(response);
    });
    client.send(
      `POST /v1/chat/completions HTTP/1.1\r\nhost: p\r\nauthorization: Bearer ${token}\r\ncontent-type: application/json\r\ncontent-length: ${CHAT.length}\r\n\r\n${CHAT}`,
    );
    return held;
  }

  it("is not ready before it has the issuer's keys, and becomes ready without a restart", async () => {
    running.issuer.broken = "down";
    await running.server.reload(settingsFrom(running.text({ more: "drainSeconds: 5" })));
    const reason = /^listener api: the identity provider's keys are not there: 127\.0\.0\.1:\d+: \S/;
    expect(running.server.notReady()).toEqual([expect.stringMatching(reason)]);
    expect((await running.call({ body: CHAT })).status).toBe(503);
    running.issuer.broken = undefined;
    running.now += 10_000;
    expect((await running.call({ body: CHAT })).status).toBe(200);
    expect(running.server.notReady()).toEqual([]);
  });

  it("has written the audit lines of the requests that it cut when it has stopped", async () => {
    await running.server.reload(settingsFrom(running.text({ more: "drainSeconds: 0.1" })));
    const clients = await Promise.all(Array.from({ length: 3 }, () => RawClient.open(running.port)));
    for (const client of clients) await waiting(client);
    await running.server.stop();
    const reasons = running.audit.join("").match(/"reason":"[a-z_]+"/g);
    expect(reasons).toEqual(Array(3).fill('"reason":"drain_over"'));
    expect(running.audit.join("")).not.toContain('"status"');
    for (const client of clients) client.destroy();
  });

  it("has written those of requests whose bodies had not come whole", async () => {
    await running.server.reload(settingsFrom(running.text({ more: "drainSeconds: 0.1" })));
    const head = `authorization: Bearer ${await running.issuer.token(running.now)}\r\ncontent-type: application/json\r\n`;
    const clients = await Promise.all(Array.from({ length: 3 }, () => RawClient.open(running.port)));
    for (const client of clients) {
      client.send(`POST /v1/chat/completions HTTP/1.1\r\nhost: p\r\n${head}content-length: 99\r\n\r\n{`);
    }
    while (running.server.metrics.active < 3) await new Promise((resolve) => setImmediate(resolve));
    await running.server.stop();
    const reasons = running.audit.join("").match(/"reason":"[a-z_]+"/g);
    expect(reasons).toEqual(Array(3).fill('"reason":"drain_over"'));
    for (const client of clients) client.destroy();
  });

  it("takes new rights at once, for tokens that it knows too", async () => {
    const token = await running.issuer.token(running.now);
    expect((await running.call({ body: CHAT, token })).status).toBe(200);
    await running.server.reload(settingsFrom(running.text({ policy: "{ groups: [{ group: other }] }" })));
    expect((await running.call({ body: CHAT, token })).status).toBe(403);
  });

  it("ends requests in progress by the settings that they began with", async () => {
    const client = await RawClient.open(running.port);
    const held = await waiting(client);
    await running.server.reload(
      settingsFrom(running.text({ policy: "{ groups: [{ group: other }] }", upstream: running.upstream("http://127.0.0.1:1") })),
    );
    held.end("late");
    expect(await client.until(/late/)).toMatch(/^HTTP\/1.1 200 /);
    client.destroy();
  });

  it("keeps its settings when a port of the new ones cannot be opened", async () => {
    const taken = Number(new URL(running.gateway.url).port);
    const text = running.text({ policy: "{ groups: [{ group: other }] }" }).replace("port: 0", `port: ${taken}`);
    await expect(running.server.reload(settingsFrom(text))).rejects.toThrow(
      `listener api cannot listen on 127.0.0.1 port ${taken}: EADDRINUSE`,
    );
    expect((await running.call({ body: CHAT })).status).toBe(200);
  });

  it("opens and closes listeners as the settings say", async () => {
    const before = running.port;
    const more = `  - { name: second, address: 127.0.0.1, port: 0, identity: { oidc: { issuer: "${running.issuer.url}", audiences: [litellm] } } }\npolicy:`;
    await running.server.reload(settingsFrom(running.text().replace("policy:", more)));
    expect(running.port).toBe(before);
    expect(running.server.port("second")).toBeGreaterThan(0);
    await running.server.reload(settingsFrom(running.text()));
    expect(() => running.server.port("second")).toThrow("listener second is not open");
  });

  it("ends the connections of a listener that is gone, each with the answer that it waits for", async () => {
    const other = running.text().replace("name: api", "name: other");
    const [busy, late] = [await RawClient.open(running.port), await RawClient.open(running.port)];
    const held = await waiting(busy);
    const token = await running.issuer.token(running.now);
    late.send(`GET /v1/models HTTP/1.1\r\nhost: p\r\nauthorization: Bearer ${token}\r\n`);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await running.server.reload(settingsFrom(other));
    late.send("\r\n");
    expect(await late.untilClosed()).toMatch(/^HTTP\/1.1 503 [\s\S]*listener_gone/);
    held.end("done");
    await busy.until(/done/);
    busy.send(`GET /v1/models HTTP/1.1\r\nhost: p\r\nauthorization: Bearer ${token}\r\n\r\n`);
    expect(await busy.untilClosed()).toMatch(/200 OK[\s\S]*done[\s\S]*503 [\s\S]*listener_gone/);
  });

  it("cuts connections of a listener that is gone, too, when it stops", async () => {
    const other = running.text({ more: "drainSeconds: 0.1" }).replace("name: api", "name: other");
    const client = await RawClient.open(running.port);
    await waiting(client);
    await running.server.reload(settingsFrom(other));
    await running.server.stop();
    expect(await client.untilClosed()).toBe("");
  });

  it("does not wait for a client that has not finished its TLS handshake", async () => {
    const file = (name: string): string => join(__dirname, "../../fixtures/proxy", name);
    await running.stop();
    running = await RunningProxy.start({ tls: `{ certificateFile: ${file("server.pem")}, keyFile: ${file("server.key")} }` });
    const client = await RawClient.open(running.port);
    await running.server.stop();
    expect(await client.untilClosed()).toBe("");
  });

  it("takes no new settings any more when it stops, and none that it is about to take", async () => {
    const second = await Issuer.start();
    const release = second.hold();
    const [port] = await freePorts();
    const identity = `{ oidc: { issuer: "${second.url}", audiences: [litellm] } }`;
    const listener = `  - { name: second, address: 127.0.0.1, port: ${port}, identity: ${identity} }\npolicy:`;
    const settings = settingsFrom(running.text().replace("policy:", listener));
    const held = await waiting(await RawClient.open(running.port));
    const reloaded = running.server.reload(settings).catch((error: Error) => error.message);
    while (second.waiting === 0) await new Promise((resolve) => setImmediate(resolve));
    const stopped = running.server.stop();
    release();
    expect(await reloaded).toBe("the proxy is ending");
    await expect(running.server.reload(settings)).rejects.toThrow("the proxy is ending");
    expect(running.server.notReady()).toEqual(["draining"]);
    await expect(RawClient.open(port)).rejects.toThrow("ECONNREFUSED");
    held.end("done");
    await stopped;
    await second.stop();
  });

  it("lets a request end before it stops, and takes no new connection meanwhile", async () => {
    const { port } = running;
    const client = await RawClient.open(port);
    const held = await waiting(client);
    const stopped = running.server.stop();
    expect(running.server.notReady()).toEqual(["draining"]);
    await expect(RawClient.open(port)).rejects.toThrow("ECONNREFUSED");
    held.end("done");
    expect(await client.until(/done/)).toMatch(/^HTTP\/1.1 200 /);
    await stopped;
  });

  it("cuts what has not ended in time", async () => {
    await running.server.reload(settingsFrom(running.text({ more: "drainSeconds: 0.1" })));
    const client = await RawClient.open(running.port);
    await waiting(client);
    await running.server.stop();
    expect(await client.untilClosed()).toBe("");
  });
});
