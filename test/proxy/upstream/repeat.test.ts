import { createUpstream, type Upstream, type UpstreamHead } from "../../../proxy/src/upstream";
import { type RecordingGateway, recordingGateway } from "./recording-gateway";

const ANSWER = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";
const TIMEOUTS = { connect: 1000, headers: 5000, idle: 2000, total: 20_000 };
const requestOf = (method: string): UpstreamHead => ({
  method,
  path: "/v1/models",
  headers: [],
  length: method === "POST" ? 2 : 0,
});

/** A gateway that answers one request on each connection and closes it at the second. */
const oneEach = (): Promise<RecordingGateway> =>
  recordingGateway((text, socket) => {
    if (text.match(/ HTTP\/1\.1\r\n/g)?.length === 1) socket.write(ANSWER);
    else socket.destroy();
  });

function outcome(upstream: Upstream, method: string): Promise<string> {
  return new Promise((resolve) => {
    const exchange = upstream.exchange(requestOf(method), {
      head: () => undefined,
      data: () => undefined,
      end: () => resolve("answered"),
      failed: ({ code }) => resolve(code),
      drain: () => undefined,
    });
    exchange.end(method === "POST" ? Buffer.from("{}") : undefined);
  });
}

describe("a kept connection that closes without an answer", () => {
  let gateway: RecordingGateway;
  let upstream: Upstream;
  beforeEach(async () => {
    gateway = await oneEach();
    upstream = createUpstream({ url: gateway.url, maxConnections: 10, timeouts: TIMEOUTS });
    expect(await outcome(upstream, "GET")).toBe("answered");
  });
  afterEach(async () => {
    await upstream.close();
    await gateway.close();
  });

  it("costs nothing where the request changes nothing: it goes out once more, on a new connection", async () => {
    expect(await outcome(upstream, "GET")).toBe("answered");
    expect(gateway.sockets).toHaveLength(2);
  });

  it.each(["POST", "DELETE"])("is an error for %s, which is sent once", async (method) => {
    expect(await outcome(upstream, method)).toBe("upstream_reset");
    expect(gateway.received.join("").match(new RegExp(`${method} `, "g"))).toHaveLength(1);
    expect(gateway.sockets).toHaveLength(1);
  });
});

test("a new connection that closes without an answer is an error at once", async () => {
  const gateway = await recordingGateway((_text, socket) => void socket.destroy());
  const upstream = createUpstream({ url: gateway.url, maxConnections: 10, timeouts: TIMEOUTS });
  expect(await outcome(upstream, "GET")).toBe("upstream_reset");
  expect(gateway.sockets).toHaveLength(1);
  await upstream.close();
  await gateway.close();
});
