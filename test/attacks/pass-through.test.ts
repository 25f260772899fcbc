import { RunningProxy } from "../proxy/support/running-proxy";
import { send } from "./support/attempt";
import { CLAIM, readable } from "./support/closes";

// LiteLLM hands all headers of such a request on to the provider, and resolves dots in what stands behind the prefix.
describe("a pass-through route", () => {
  let running: RunningProxy;
  beforeAll(async () => {
    running = await RunningProxy.start((_issuer, { url }) => ({
      upstream: `{ profile: litellm, version: 1.108.10, url: "${url}", passThrough: [/anthropic/v1/messages] }`,
      policy: "{ groups: [{ group: engineering, routes: [pass-through, inference] }] }",
    }));
  });
  afterAll(() => running.stop());

  test("honest: the one that the settings name is forwarded", async () => {
    expect((await send(running, { target: "/anthropic/v1/messages" })).status).toBe(200);
    expect(JSON.parse(running.gateway.last.body)).toMatchObject({ model: "gpt-5" });
  });

  test("carries who calls in the body alone, where no provider sees it", async () => {
    await send(running, { target: "/anthropic/v1/messages" });
    const { headers, body } = running.gateway.last;
    expect(JSON.parse(body).litellm_metadata).toEqual({ tags: ["engineering"], user: "alice" });
    expect(Object.keys(headers).filter((name) => name.startsWith("x-litellm-e") || name === "x-litellm-tags")).toEqual([]);
  });

  test("without effect: claims in headers and body", async () => {
    const headers = ["x-litellm-end-user-id: mallory", "x-pass-x-a: mallory", "tags: mallory", "x-litellm-tags: mallory"];
    const body = { litellm_metadata: { user: CLAIM }, metadata: { user_id: CLAIM }, user: CLAIM };
    expect((await send(running, { target: "/anthropic/v1/messages?user=mallory", headers, body })).status).toBe(200);
    expect(readable(running.gateway.last)).not.toContain(CLAIM);
  });

  test.each([
    ["another path below the prefix", { target: "/anthropic/v1/organizations" }, "route_unknown"],
    ["dots behind the prefix", { target: "/anthropic/v1/messages/../../../key/list" }, "path_not_normal"],
    ["encoded dots", { target: "/anthropic/..%2f..%2fadmin" }, "path_encoded"],
    ["another method", { method: "GET", target: "/anthropic/v1/messages" }, "method_not_allowed"],
    ["another provider", { target: "/openai/v1/chat/completions" }, "route_unknown"],
  ])("refused: %s", async (_what, attempt, reason) => {
    running.gateway.requests.length = 0;
    expect((await send(running, attempt)).reason).toBe(reason);
    expect(running.gateway.requests).toEqual([]);
  });
});
