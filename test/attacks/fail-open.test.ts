import { RunningProxy } from "../proxy/support/running-proxy";
import { send } from "./support/attempt";

// A step that fails or takes too long must not let the request pass as the client wrote it (V-42).
describe("a fault of the proxy itself", () => {
  test("forwards nothing, and the next request is served", async () => {
    const running = await RunningProxy.start();
    // Blanking a removed member is the step that fails; a long one, which the C library does.
    jest.spyOn(Buffer.prototype, "fill").mockImplementation(() => {
      throw new Error("a fault");
    });
    const failed = await send(running, { body: { user: "mallory".repeat(20) } });
    jest.restoreAllMocks();
    expect([failed.status, failed.reason]).toEqual([500, "internal_error"]);
    expect(running.gateway.requests).toEqual([]);
    expect((await send(running, { body: { user: "mallory" } })).status).toBe(200);
    expect(running.gateway.last.body).not.toContain("mallory");
    await running.stop();
  });
});
