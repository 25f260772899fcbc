import { RunningProxy } from "../proxy/support/running-proxy";
import { type Attempt, send } from "./support/attempt";

const OWN = ["x-forwarded-email: alice", "x-forwarded-groups: engineering"];
const start = (peers: string): Promise<RunningProxy> =>
  RunningProxy.start({ identity: `{ oauth2Proxy: { peers: [${peers}], headers: forwarded } }` });

// Behind oauth2-proxy headers are the proof, so where they come from and whose they are decides.
describe("headers of oauth2-proxy", () => {
  let running: RunningProxy;
  beforeAll(async () => {
    running = await start("127.0.0.1");
  });
  afterAll(() => running.stop());

  const sent = (headers: readonly string[]): Attempt => ({ credential: [], headers });

  test("honest: name who calls", async () => {
    expect((await send(running, sent(OWN))).status).toBe(200);
    expect(running.gateway.last.headers["x-litellm-end-user-id"]).toEqual(["alice"]);
  });

  test.each([
    ["of the other family", ["x-auth-request-email: mallory", "x-auth-request-groups: engineering"]],
    ["without groups, as after Connection: X-Forwarded-Groups", ["x-forwarded-email: mallory"]],
    ["twice", [...OWN, "x-forwarded-email: mallory"]],
    ["twice, once with underscores", [...OWN, "x_forwarded_email: mallory"]],
  ])("%s name nobody", async (_what, headers) => {
    running.gateway.requests.length = 0;
    expect((await send(running, sent(headers))).reason).toBe("identity_headers_incomplete");
    expect(running.gateway.requests).toEqual([]);
  });

  test("from another address name nobody", async () => {
    const elsewhere = await start("10.0.0.0/8");
    expect((await send(elsewhere, sent(OWN))).reason).toBe("peer_not_trusted");
    expect(elsewhere.gateway.requests).toEqual([]);
    await elsewhere.stop();
  });
});
