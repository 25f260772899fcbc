import { RawClient } from "../proxy/support/raw-client";
import { RunningProxy } from "../proxy/support/running-proxy";
import { FRONT } from "../proxy/support/settings";
import { bytesOf, send } from "./support/attempt";

const INSIDE =
  "POST /v1/chat/completions HTTP/1.1\r\nhost: p\r\nauthorization: Bearer TOKEN\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}";

// What is left of a refused body must not be read as the next request.
test("a request in the body of a refused one is never served; one behind a whole request is, where the front reads on", async () => {
  const running = await RunningProxy.start();
  const token = await running.issuer.token(running.now);
  const inside = INSIDE.replace("TOKEN", token);
  const refused = await RawClient.open(running.port);
  refused.send(
    bytesOf({ credential: [], headers: ["connection: keep-alive", `content-length: ${inside.length * 2}`], body: inside }, token),
  );
  expect(await refused.untilClosed()).toMatch(/^HTTP\/1\.1 401 (?:(?!HTTP\/1\.1)[\s\S])*$/);
  expect(running.gateway.requests).toEqual([]);

  const pipelined = await send(running, { wire: `${inside}${inside.replace("host: p", "host: p\r\nconnection: close")}` });
  const served = FRONT === "strict" ? 1 : 2;
  expect(pipelined.text.match(/HTTP\/1\.1 200/g)).toHaveLength(served);
  expect(running.gateway.requests).toHaveLength(served);
  await running.stop();
});
