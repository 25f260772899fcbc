import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { DirectRequest } from "../../../../proxy/src/front/node/direct-request";
import { DirectResponse } from "../../../../proxy/src/front/node/direct-response";
import { leaveThisTurn } from "../../../../proxy/src/turn";
import { RawClient } from "../../support/raw-client";

test("an answer that waits for the end of the turn still leaves when its connection is ended, which then ends", async () => {
  const server = createServer({ IncomingMessage: DirectRequest, ServerResponse: DirectResponse }, (request, response) => {
    request.resume().once("end", () => {
      leaveThisTurn({ flush: () => undefined });
      response.answer({ status: 200, headers: [], keepAliveSeconds: 60 }, "whole");
      response.destroy();
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const client = await RawClient.open((server.address() as AddressInfo).port);
  client.send("GET / HTTP/1.1\r\nhost: p\r\n\r\n");
  expect(await client.untilClosed()).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*\r\n\r\nwhole$/);
  server.close();
});
