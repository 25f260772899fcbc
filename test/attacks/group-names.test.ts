import type { Recorded } from "../proxy/support/gateway";
import { RunningProxy } from "../proxy/support/running-proxy";
import { type Attempt, send } from "./support/attempt";

// LiteLLM splits its header at commas and reads bytes as Latin-1: a group's name could become another's tag (V-39).
describe("names of groups and people", () => {
  let running: RunningProxy;
  beforeAll(async () => {
    running = await RunningProxy.start({
      policy: '{ groups: [{ group: a }, { group: "a,mallory" }, { group: größe }, { group: " x" }] }',
    });
  });
  afterAll(() => running.stop());

  async function arrives(claims: Attempt["claims"]): Promise<Recorded> {
    expect((await send(running, { claims: { ...claims } })).status).toBe(200);
    return running.gateway.last;
  }

  test("honest: plain ones travel in headers", async () => {
    const { headers } = await arrives({ groups: ["a"] });
    expect([headers["x-litellm-end-user-id"], headers["x-litellm-tags"]]).toEqual([["alice"], ["a"]]);
  });

  test.each(["a,mallory", "größe"])("%s is one tag, in the one place that takes it as it is", async (group) => {
    const { headers, body } = await arrives({ groups: [group] });
    expect(headers["x-litellm-tags"]).toBeUndefined();
    expect(JSON.parse(body).litellm_metadata).toEqual({ tags: [group] });
  });

  test("a name beyond ASCII is not in a header either", async () => {
    const { headers, body } = await arrives({ sub: "müller", groups: ["a"] });
    expect(headers["x-litellm-end-user-id"]).toBeUndefined();
    expect(JSON.parse(body).litellm_metadata).toEqual({ user: "müller" });
  });

  test.each(["a\nb", "a\u0000b", " alice", "", "x".repeat(1001), "\ud800"])("refused: the name %j", async (sub) => {
    running.gateway.requests.length = 0;
    expect((await send(running, { claims: { sub, groups: ["a"] } })).status).toBeGreaterThanOrEqual(401);
    expect(running.gateway.requests).toEqual([]);
  });
});
