import { RunningProxy } from "../proxy/support/running-proxy";
import { send } from "./support/attempt";

// A line over a megabyte, or an answer over eight, must not end the reading before the usage comes (V-53).
test("a stream with a line of two megabytes and ten megabytes in all arrives whole", async () => {
  const running = await RunningProxy.start();
  const line = `data: ${"x".repeat(2_000_000)}\n\n`;
  const whole = `${line.repeat(5)}data: {"usage":1}\n\ndata: [DONE]\n\n`;
  running.gateway.answer = (_request, response) =>
    void response.writeHead(200, { "content-type": "text/event-stream", "content-length": whole.length }).end(whole);
  const { text } = await send(running, {});
  expect(text.slice(text.indexOf("\r\n\r\n") + 4) === whole).toBe(true);
  await running.stop();
});
