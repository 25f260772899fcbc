import { hashServiceKey } from "../../../proxy/src/identity";
import { RunningProxy } from "../support/running-proxy";

const KEY = "svc-0123456789abcdef0123456789abcdef";
const CHAT = '{"model":"gpt-5","messages":[]}';

describe("a listener with service keys", () => {
  let running: RunningProxy;
  beforeAll(async () => {
    const keys = `{ sha256: ${hashServiceKey(KEY)}, user: nightly-build, groups: [engineering] }`;
    running = await RunningProxy.start({ identity: `{ userPrefix: "svc:", serviceKeys: { keys: [${keys}] } }` });
  });
  afterAll(() => running.stop());

  it.each([
    ["authorization", `Bearer ${KEY}`],
    ["x-api-key", KEY],
  ])("knows the service by the key in %s and does not forward the key", async (name, value) => {
    expect((await running.call({ body: CHAT, token: null, headers: [name, value] })).status).toBe(200);
    expect(running.gateway.last.headers["x-litellm-end-user-id"]).toEqual(["svc:nightly-build"]);
    expect(JSON.stringify(running.gateway.last)).not.toContain(KEY);
  });

  it.each(["other", `${KEY}0`, KEY.toUpperCase(), hashServiceKey(KEY)])("does not know %s", async (key) => {
    const answer = await running.call({ body: CHAT, token: key });
    expect([answer.status, JSON.parse(answer.body).error.code]).toEqual([401, "key_unknown"]);
  });

  it("does not take a token of the issuer: there is one source only", async () => {
    expect((await running.call({ body: CHAT })).status).toBe(401);
  });
});
