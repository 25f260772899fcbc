import type { Socket } from "node:net";
import { type Duplex, duplexPair } from "node:stream";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { BodyTaker, ClientRequest, ClientResponse } from "../../../../proxy/src/front";
import { StrictConnection } from "../../../../proxy/src/front/strict/strict-connection";

const LIMITS = { headBytes: 1000, headMs: 10, bodyMs: 300, keepAliveMs: 75 };
const LINES = { status: 200, headers: [], keepAliveSeconds: 60 };
const NOTHING = { data: () => undefined, end: () => undefined };

/** A connection whose clock stands at 1000, and how long it may last from now on. */
class Stand {
  readonly client: Duplex;
  readonly connection: StrictConnection;
  open = true;
  request: ClientRequest | undefined;
  response: ClientResponse | undefined;

  constructor(taker: BodyTaker = NOTHING) {
    const [client, accepted] = duplexPair();
    this.client = client.on("error", () => undefined);
    this.connection = new StrictConnection(accepted as Socket, {
      limits: LIMITS,
      events: {
        request: (request, response) => {
          this.request = request;
          this.response = response;
          request.readTo(taker);
        },
        upgrade: () => undefined,
      },
      now: 1000,
      closed: () => {
        this.open = false;
      },
    });
  }

  async send(text: string): Promise<number> {
    this.client.write(text);
    return this.left();
  }

  async left(): Promise<number> {
    for (let turn = 0; turn < 5; turn++) await nextTurn();
    return this.connection.deadline - 1000;
  }

  /** What the client has received; it read nothing before. */
  received(): string {
    return String(this.client.read() ?? "");
  }
}

const GET = "GET /v1/models HTTP/1.1\r\nhost: p\r\n\r\n";
const POST = "POST /v1/chat/completions HTTP/1.1\r\nhost: p\r\ncontent-length: 4\r\n\r\n";

test("each state of a connection has its time, and time that is up ends it", async () => {
  const stand = new Stand();
  expect(await stand.send("POST")).toBe(LIMITS.headMs);
  expect(await stand.send(POST.slice(4))).toBe(LIMITS.headMs + LIMITS.bodyMs);
  expect(await stand.send("ab")).toBe(LIMITS.headMs + LIMITS.bodyMs);
  expect(await stand.send("cd")).toBe(Number.POSITIVE_INFINITY);
  stand.response?.answer(LINES, "done");
  stand.client.resume();
  expect(await stand.left()).toBe(LIMITS.keepAliveMs);
  expect(await stand.send("GET")).toBe(LIMITS.headMs);
  stand.connection.expire();
  await stand.left();
  stand.connection.expire();
  await stand.left();
  expect(stand.open).toBe(false);
});

test("an answer that the client takes its time to read may stay longer than an idle connection", async () => {
  const stand = new Stand();
  await stand.send(GET);
  // More than a stream holds before it waits for its reader.
  stand.response?.answer(LINES, "x".repeat(100_000));
  expect(await stand.left()).toBe(LIMITS.bodyMs);
  stand.client.resume();
  expect(await stand.left()).toBe(LIMITS.keepAliveMs);
});

test("a request that comes while the answer before it leaves is read when that has left", async () => {
  const stand = new Stand();
  await stand.send(GET);
  const { response } = stand;
  stand.response?.answer(LINES, "x".repeat(100_000));
  await stand.left();
  await stand.send(GET.slice(0, 9));
  await stand.send(GET.slice(9));
  expect(stand.response).toBe(response);
  stand.client.resume();
  await stand.left();
  expect(stand.response).not.toBe(response);
  stand.response?.answer(LINES, "next");
  expect(await stand.left()).toBe(LIMITS.keepAliveMs);
  expect(stand.open).toBe(true);
});

test("a request that comes before the answer to the one before is written is not read, and ends the connection", async () => {
  const stand = new Stand();
  await stand.send(GET);
  const { response } = stand;
  await stand.send(GET);
  stand.client.resume();
  stand.response?.answer(LINES, "done");
  await stand.left();
  expect(stand.response).toBe(response);
  stand.connection.expire();
  await stand.left();
  expect(stand.open).toBe(false);
});

test("the same holds where the answer leaves before its request has been handed over whole", async () => {
  const stand = new Stand({ ...NOTHING, end: () => stand.response?.answer(LINES, "x".repeat(100_000)) });
  expect(await stand.send(`${POST}abcd`)).toBe(LIMITS.bodyMs);
});

test("a client that never reads its answer is cut", async () => {
  const stand = new Stand();
  await stand.send(GET);
  stand.response?.answer(LINES, "x".repeat(100_000));
  await stand.left();
  stand.connection.expire();
  await stand.left();
  expect(stand.open).toBe(false);
});

test("an idle connection is cut without a word, one within a head is told", async () => {
  const idle = new Stand();
  await idle.send(GET);
  idle.response?.answer({ ...LINES, status: 204 }, "");
  await idle.left();
  expect(idle.received()).toMatch(/^HTTP\/1\.1 204 /);
  idle.connection.expire();
  await idle.left();
  expect([idle.open, idle.received()]).toEqual([false, ""]);
  const halfway = new Stand();
  await halfway.send("GET /");
  halfway.connection.expire();
  await halfway.left();
  expect(halfway.received()).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/);
});
