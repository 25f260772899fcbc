import { RunningProxy } from "../proxy/support/running-proxy";
import { send } from "./support/attempt";

// What the gateway answers can lead clients away, bind them, or tell about its key.
describe("the gateway's answer", () => {
  let running: RunningProxy;
  beforeAll(async () => {
    running = await RunningProxy.start();
  });
  afterAll(() => running.stop());

  const answer = (status: number, headers: Record<string, string>): void => {
    running.gateway.answer = (_request, response) => void response.writeHead(status, headers).end("{}");
  };

  test("honest: status, type and limits of the provider arrive", async () => {
    answer(429, { "content-type": "application/json", "retry-after": "3" });
    const { status, text } = await send(running, {});
    expect(status).toBe(429);
    expect(text).toMatch(/retry-after: 3/i);
  });

  test("a redirect does not", async () => {
    answer(307, { location: "http://mallory/" });
    const { status, reason, text } = await send(running, {});
    expect([status, reason]).toEqual([502, "upstream_redirect"]);
    expect(text).not.toContain("mallory");
  });

  test("cookies, and what tells about the gateway's key, do not", async () => {
    answer(200, {
      "set-cookie": "token=mallory",
      "x-litellm-key-spend": "mallory",
      "x-litellm-model-api-base": "http://mallory",
    });
    expect((await send(running, {})).text).not.toContain("mallory");
  });
});
