import { RunningProxy } from "./support/running-proxy";
import { GATEWAY_KEY } from "./support/settings";

const CHAT = JSON.stringify({ model: "gpt-5", messages: [{ role: "user", content: "hi" }] });

describe("a small JSON request", () => {
  let running: RunningProxy;
  beforeAll(async () => {
    running = await RunningProxy.start();
  });
  afterAll(() => running.stop());

  it("arrives with the verified identity, the gateway's key and the body as it was", async () => {
    const answer = await running.call({ body: CHAT });
    expect(answer).toMatchObject({ status: 200, body: '{"ok":true}' });
    const { method, url, headers, body } = running.gateway.last;
    expect([method, url, body]).toEqual(["POST", "/v1/chat/completions", CHAT]);
    expect(headers["x-litellm-end-user-id"]).toEqual(["alice"]);
    expect(headers["x-litellm-tags"]).toEqual(["engineering"]);
    expect(headers.authorization).toEqual([`Bearer ${GATEWAY_KEY}`]);
    expect(headers["content-type"]).toEqual(["application/json"]);
  });
});
