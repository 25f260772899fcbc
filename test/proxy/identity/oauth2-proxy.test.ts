import { RunningProxy } from "../support/running-proxy";

const CHAT = '{"model":"gpt-5","messages":[]}';
const POLICY = '{ groups: [{ group: engineering }, { group: "größe" }, { group: " lead" }] }';

function start(settings: string): Promise<RunningProxy> {
  return RunningProxy.start({ identity: `{ oauth2Proxy: { ${settings} } }`, policy: POLICY });
}

describe("a listener behind oauth2-proxy as a reverse proxy", () => {
  let running: RunningProxy;
  beforeAll(async () => {
    running = await start("peers: [127.0.0.0/8], headers: forwarded");
  });
  afterAll(() => running.stop());

  const call = (headers: readonly string[]) => running.call({ body: CHAT, token: null, headers });
  const GOOD = ["x-forwarded-email", "a@example.com", "x-forwarded-groups", "engineering,unknown"];

  it("takes the caller from its headers and forwards none of them", async () => {
    expect((await call(GOOD)).status).toBe(200);
    const { headers } = running.gateway.last;
    expect(headers).toMatchObject({ "x-litellm-end-user-id": ["a@example.com"], "x-litellm-tags": ["engineering"] });
    expect(Object.keys(headers).filter((name) => /forwarded-(email|groups)/.test(name))).toEqual([]);
  });

  it("reads names as UTF-8, and tells LiteLLM those that no header carries in the body", async () => {
    const latin1 = Buffer.from("größe").toString("latin1");
    expect((await call(["x-forwarded-email", "a@example.com", "x-forwarded-groups", latin1])).status).toBe(200);
    expect(JSON.parse(running.gateway.last.body)).toMatchObject({ litellm_metadata: { tags: ["größe"] } });
  });

  it("ignores the other family of headers", async () => {
    await call([...GOOD, "x-auth-request-email", "root@example.com", "x-auth-request-groups", "admins"]);
    expect(running.gateway.last.headers["x-litellm-end-user-id"]).toEqual(["a@example.com"]);
  });

  it.each([
    ["no groups", ["x-forwarded-email", "a@example.com"]],
    ["no caller", ["x-forwarded-groups", "engineering"]],
    ["a caller who is empty", ["x-forwarded-email", "", "x-forwarded-groups", "engineering"]],
    ["the other family only", ["x-auth-request-email", "a@example.com", "x-auth-request-groups", "engineering"]],
    ["two callers", [...GOOD, "x-forwarded-email", "root@example.com"]],
    ["a look-alike of a header", [...GOOD, "X_Forwarded_Email", "root@example.com"]],
    ["bytes that are not UTF-8", ["x-forwarded-email", "a\u00ff@example.com", "x-forwarded-groups", "engineering"]],
  ])("answers %s with 401 and forwards nothing", async (_what, headers) => {
    const before = running.gateway.requests.length;
    const answer = await call(headers);
    expect([answer.status, JSON.parse(answer.body).error.code]).toEqual([401, "identity_headers_incomplete"]);
    expect(running.gateway.requests).toHaveLength(before);
  });
});

describe("a listener behind nginx that asks oauth2-proxy", () => {
  it("takes X-Auth-Request headers only", async () => {
    const running = await start("peers: [127.0.0.1], headers: auth-request, user: preferred-username");
    const good = ["x-auth-request-preferred-username", "alice", "x-auth-request-groups", "engineering"];
    expect((await running.call({ body: CHAT, token: null, headers: good })).status).toBe(200);
    expect(running.gateway.last.headers["x-litellm-end-user-id"]).toEqual(["alice"]);
    const other = good.map((text) => text.replace("auth-request", "forwarded"));
    expect((await running.call({ body: CHAT, token: null, headers: other })).status).toBe(401);
    await running.stop();
  });

  it("believes nobody but the configured addresses", async () => {
    const running = await start("peers: [10.0.0.0/8, 2001:db8::/32], headers: auth-request");
    const headers = ["x-auth-request-email", "a@example.com", "x-auth-request-groups", "engineering"];
    const answer = await running.call({ body: CHAT, token: null, headers });
    expect([answer.status, JSON.parse(answer.body).error.code]).toEqual([403, "peer_not_trusted"]);
    expect(running.gateway.requests).toEqual([]);
    await running.stop();
  });
});
