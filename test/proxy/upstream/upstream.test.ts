import { once } from "node:events";
import type { Socket } from "node:net";
import { setImmediate as turn } from "node:timers/promises";
import {
  createUpstream,
  type Exchange,
  type Upstream,
  type UpstreamFailure,
  type UpstreamHead,
  type UpstreamOptions,
} from "../../../proxy/src/upstream";
import { ManualClock } from "./manual-clock";
import { type RecordingGateway, recordingGateway } from "./recording-gateway";

const POST: UpstreamHead = { method: "POST", path: "/v1/chat?x=1", headers: ["authorization", "Bearer k"], length: 2 };
const ANSWER = "HTTP/1.1 200 OK\r\nx-a: b\r\ncontent-length: 5\r\n\r\nhello";
const TIMEOUTS = { connect: 1000, headers: 5000, idle: 2000, total: 20_000 };

const gateways: RecordingGateway[] = [];
const upstreams: Upstream[] = [];

async function started(onText: (text: string, socket: Socket) => void, options: Partial<UpstreamOptions> = {}) {
  const gateway = await recordingGateway(onText);
  const clock = new ManualClock();
  const upstream = createUpstream({ url: gateway.url, maxConnections: 10, timeouts: TIMEOUTS, clock, ...options });
  gateways.push(gateway);
  upstreams.push(upstream);
  return { gateway, upstream, clock };
}

afterEach(async () => {
  for (const upstream of upstreams.splice(0)) await upstream.close();
  for (const gateway of gateways.splice(0)) await gateway.close();
});

/** What a request came to, as text. */
interface Outcome {
  text: string;
  status: number;
  body: string;
}

function send(upstream: Upstream, head: UpstreamHead, use: (exchange: Exchange) => void = (e) => e.end(Buffer.from("{}"))) {
  const outcome: Outcome = { text: "", status: 0, body: "" };
  let exchange: Exchange | undefined;
  const over = new Promise<Outcome>((resolve) => {
    const done = (text: string): void => {
      outcome.text += text;
      resolve(outcome);
    };
    exchange = upstream.exchange(head, {
      head: (status) => {
        outcome.status = status;
      },
      data: (chunk) => {
        outcome.body += chunk.toString();
      },
      end: () => done("end"),
      failed: (failure) => done(`${failure.status} ${failure.code}`),
      drain: () => undefined,
    });
    use(exchange);
  });
  return { over, outcome, exchange: exchange as Exchange };
}

const answerAfterBody = (text: string, socket: Socket): void => {
  if (text.endsWith("{}")) socket.write(ANSWER);
};

describe("what the gateway gets", () => {
  test("is a head with the gateway's host and path, and a body of exact length, in one packet", async () => {
    const packets: string[] = [];
    const { upstream, gateway } = await started((text, socket) => {
      packets.push(text);
      answerAfterBody(text, socket);
    });
    expect(await send(upstream, POST).over).toEqual({ text: "end", status: 200, body: "hello" });
    const host = new URL(gateway.url).host;
    const lines = ["POST /base/v1/chat?x=1 HTTP/1.1", `host: ${host}`, "authorization: Bearer k", "content-length: 2", "", "{}"];
    expect(packets).toEqual([lines.join("\r\n")]);
  });

  test("has no length for a GET without a body, and chunks for a body of unknown length", async () => {
    const { upstream, gateway } = await started((text, socket) => {
      if (text.startsWith("GET") || text.endsWith("0\r\n\r\n")) socket.end(ANSWER.replace("x-a", "connection: close\r\nx-a"));
    });
    await send(upstream, { ...POST, method: "GET", length: 0 }, () => undefined).over;
    await send(upstream, { ...POST, length: -1 }, (exchange) => {
      exchange.write(Buffer.from("0123456789abcdef"));
      exchange.end();
    }).over;
    expect(gateway.received[0]).not.toMatch(/content-length|transfer-encoding/);
    expect(gateway.received[1]).toMatch(/transfer-encoding: chunked\r\n\r\n10\r\n0123456789abcdef\r\n0\r\n\r\n$/);
  });

  test.each([
    ["a line break in a value", { headers: ["x", "a\r\nb: c"] }],
    ["a character beyond one byte", { headers: ["x", "名"] }],
    ["a colon in a name", { headers: ["x:y", "a"] }],
    ["a space in the path", { path: "/a b" }],
    ["a method in small letters", { method: "get" }],
  ])("is never %s", async (_, part) => {
    const { upstream } = await started(() => undefined);
    await expect(send(upstream, { ...POST, ...part }).over).rejects.toThrow(/cannot be written/);
  });
});

describe("connections", () => {
  test("are used again, also after a pause in the middle of an answer", async () => {
    const { upstream, gateway } = await started(answerAfterBody);
    const first = send(upstream, POST, (exchange) => {
      exchange.end(Buffer.from("{}"));
      exchange.pause();
    });
    first.exchange.resume();
    await first.over;
    await send(upstream, POST).over;
    expect(gateway.sockets.length).toBe(1);
    expect(upstream.figures()).toEqual({ connections: 1, idle: 1 });
  });

  test.each([
    ["the answer says so", ANSWER.replace("x-a: b", "connection: close")],
    ["bytes follow the answer", `${ANSWER}HTTP/1.1 200 OK\r\n`],
  ])("are not used again when %s", async (_, answer) => {
    const { upstream, gateway } = await started((text, socket) => void (text.endsWith("{}") && socket.write(answer)));
    await send(upstream, POST).over;
    await turn();
    expect((await send(upstream, POST).over).status).toBe(200);
    expect(gateway.sockets.length).toBe(2);
  });

  test("are not used again when the answer came before the end of the request", async () => {
    const { upstream } = await started((_, socket) => void socket.write(ANSWER));
    const { over } = send(upstream, POST, (exchange) => exchange.write(Buffer.from("{")));
    expect(await over).toMatchObject({ text: "end", status: 200 });
    expect(upstream.figures().connections).toBe(0);
  });

  test("close when they were idle for long, and when the gateway closes them", async () => {
    const { upstream, gateway, clock } = await started(answerAfterBody);
    await send(upstream, POST).over;
    clock.pass(3999);
    expect(upstream.figures().connections).toBe(1);
    clock.pass(1);
    expect(upstream.figures().connections).toBe(0);
    await send(upstream, POST).over;
    gateway.sockets[1]?.end();
    while (upstream.figures().connections > 0) await turn();
  });

  test("are no more than allowed", async () => {
    const { upstream } = await started(() => undefined, { maxConnections: 1 });
    const first = send(upstream, POST);
    expect((await send(upstream, POST).over).text).toBe("503 upstream_busy");
    first.exchange.abort();
  });

  test("a command of a request that is over does not reach the next one on the connection", async () => {
    const { upstream } = await started(answerAfterBody);
    const first = send(upstream, POST);
    await first.over;
    const second = send(upstream, POST);
    first.exchange.abort();
    first.exchange.write(Buffer.from("junk"));
    expect(await second.over).toMatchObject({ text: "end", body: "hello" });
  });
});

describe("failures are told as what they are", () => {
  test.each([
    ["502 upstream_reset", (_: string, socket: Socket) => void socket.destroy()],
    ["502 upstream_reset", (_: string, socket: Socket) => void socket.end()],
    ["502 upstream_cut", (_: string, socket: Socket) => void socket.end(ANSWER.slice(0, -1))],
    ["502 upstream_malformed", (_: string, socket: Socket) => void socket.write("SSH-2.0-x\r\n\r\n")],
    [
      "502 upstream_malformed",
      (_: string, socket: Socket) => void socket.write(ANSWER.replace("x-a: b", "transfer-encoding: chunked")),
    ],
  ])("%s", async (expected, onText) => {
    const { upstream } = await started(onText);
    expect((await send(upstream, POST).over).text).toBe(expected);
    expect(upstream.figures()).toEqual({ connections: 0, idle: 0 });
  });

  test("nobody listens", async () => {
    const { upstream, gateway } = await started(() => undefined);
    await gateway.close();
    gateways.length = 0;
    expect((await send(upstream, POST).over).text).toBe("502 upstream_unreachable");
  });

  test("502 upstream_reset where an answer comes to a kept connection before anything of the next request has left", async () => {
    const { upstream, gateway } = await started(answerAfterBody);
    expect((await send(upstream, POST).over).text).toBe("end");
    const { over, exchange } = send(upstream, POST, () => undefined);
    gateway.sockets[0]?.write(ANSWER);
    expect(await over).toEqual({ text: "502 upstream_reset", status: 0, body: "" });
    exchange.end(Buffer.from("{}"));
    expect((await send(upstream, POST).over).text).toBe("end");
    expect(gateway.received.map((text) => text.match(/POST /g)?.length)).toEqual([1, 1]);
  });

  test.each([
    ["504 upstream_headers_timeout", 5000, ""],
    ["504 upstream_idle_timeout", 2000, "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhel"],
  ])("%s after %d ms", async (expected, milliseconds, answer) => {
    const { upstream, clock, gateway } = await started((_, socket) => void (answer && socket.write(answer)));
    const { over, outcome } = send(upstream, POST);
    while (!gateway.received[0] || (answer && outcome.body === "")) await turn();
    clock.pass(milliseconds - 1);
    expect(outcome.text).toBe("");
    clock.pass(1);
    expect((await over).text).toBe(expected);
  });

  test("504 upstream_total_timeout, however alive the answer is", async () => {
    const { upstream, clock, gateway } = await started((_, socket) => void socket.write("HTTP/1.1 200 OK\r\n\r\n."));
    const { over, outcome } = send(upstream, POST);
    for (let seconds = 0; seconds < 20; seconds++) {
      const before = outcome.body.length;
      while (outcome.body.length === before && seconds === 0) await turn();
      if (seconds > 0) {
        gateway.sockets[0]?.write(".");
        while (outcome.body.length === before) await turn();
      }
      clock.pass(1000);
    }
    expect((await over).text).toBe("504 upstream_total_timeout");
  });

  test("504 upstream_connect_timeout", async () => {
    const { upstream, clock } = await started(() => undefined);
    const { over } = send(upstream, POST);
    clock.pass(1000);
    expect((await over).text).toBe("504 upstream_connect_timeout");
  });

  test("a client that does not read is not the gateway's fault", async () => {
    const { upstream, clock, gateway } = await started((_, socket) => void socket.write("HTTP/1.1 200 OK\r\n\r\nhel"));
    const { outcome, exchange } = send(upstream, POST);
    while (outcome.body === "") await turn();
    exchange.pause();
    clock.pass(10_000);
    expect(outcome.text).toBe("");
    exchange.resume();
    gateway.sockets[0]?.end("lo");
    while (outcome.text === "") await turn();
    expect(outcome).toEqual({ text: "end", status: 200, body: "hello" });
  });

  test("an abort closes the gateway's connection, and nothing more is told", async () => {
    const { upstream, gateway } = await started((_, socket) => void socket.write("HTTP/1.1 200 OK\r\n\r\nhel"));
    const { outcome, exchange } = send(upstream, POST);
    while (outcome.body === "") await turn();
    exchange.abort();
    const socket = gateway.sockets[0] as Socket;
    if (!socket.destroyed) await once(socket, "close");
    expect(outcome.text).toBe("");
    expect(upstream.figures().connections).toBe(0);
  });

  test("close() ends what is on its way and takes nothing new", async () => {
    const { upstream } = await started(() => undefined);
    const { over } = send(upstream, POST);
    await upstream.close();
    expect((await over).text).toBe("503 upstream_closed");
    expect((await send(upstream, POST).over).text).toBe("503 upstream_closed");
  });
});

test("a gateway that does not read makes the sender wait, then fail", async () => {
  const { upstream, clock, gateway } = await started((_, socket) => void socket.pause());
  let drained = 0;
  let failed = "";
  const events = {
    head: () => undefined,
    data: () => undefined,
    end: () => undefined,
    failed: ({ code }: UpstreamFailure) => {
      failed = code;
    },
    drain: () => {
      drained += 1;
    },
  };
  const exchange = upstream.exchange({ ...POST, length: 100 * 1024 * 1024 }, events);
  let written = 0;
  const fill = async (): Promise<void> => {
    for (; exchange.write(Buffer.alloc(65_536)); written += 65_536) await turn();
  };
  await fill();
  expect(written).toBeLessThan(50 * 1024 * 1024);
  while (!gateway.sockets[0]) await turn();
  while (drained === 0) {
    gateway.sockets[0].resume();
    await turn();
  }
  await fill();
  clock.pass(1999);
  expect(failed).toBe("");
  clock.pass(1);
  expect(failed).toBe("upstream_stalled");
});

test("an upgrade hands over the socket and what came behind the head", async () => {
  const { upstream, gateway } = await started((_, socket) => {
    socket.write("HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\n\r\nframe");
  });
  const rest = await new Promise<string>((resolve, reject) => {
    upstream.exchange(
      { ...POST, method: "GET", length: 0, upgrade: "websocket" },
      {
        head: reject,
        data: reject,
        end: () => reject(new Error("end")),
        failed: (failure) => reject(new Error(failure.code)),
        drain: () => undefined,
        upgraded: (_, socket, bytes) => {
          socket.destroy();
          resolve(bytes.toString());
        },
      },
    );
  });
  expect(rest).toBe("frame");
  expect(gateway.received[0]).toMatch(/connection: upgrade\r\nupgrade: websocket\r\n\r\n$/);
  expect(upstream.figures().connections).toBe(0);
});
