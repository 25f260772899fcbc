import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { RawClient } from "../proxy/support/raw-client";
import { RunningProxy } from "../proxy/support/running-proxy";
import { bytesOf, send } from "./support/attempt";

// A client that leaves before the last event must not get the rest for nothing: the gateway's call ends too (V-51).
test("a client that leaves ends the call at the gateway; one that stays gets all of it", async () => {
  const running = await RunningProxy.start();
  const answers: ServerResponse[] = [];
  running.gateway.answer = (_request, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" }).write("data: 1\n\n");
    answers.push(response);
    if (answers.length === 2) response.end("data: [DONE]\n\n");
  };
  const client = await RawClient.open(running.port);
  client.send(bytesOf({}, await running.issuer.token(running.now)));
  await client.until(/data: 1/);
  const [answer] = answers;
  client.destroy();
  if (answer && !answer.destroyed) await once(answer, "close");
  expect(answer?.writableFinished).toBe(false);
  expect((await send(running, {})).text).toContain("data: [DONE]");
  await running.stop();
});
