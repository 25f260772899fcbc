import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { type AnswerLines, type ClientRequest, type ClientResponse, type Front, openFront } from "../../../proxy/src/front";
import { RawClient } from "../support/raw-client";
import { settingsFrom, settingsText } from "../support/settings";

const file = (name: string): string => join(__dirname, "../../fixtures/proxy", name);
const TLS = `{ certificateFile: ${file("server.pem")}, keyFile: ${file("server.key")} }`;
/** More than the system keeps for a client that does not read. */
const LONG = Buffer.alloc(12_000_000, ".");
const LOOK_EVERY_MS = 10;

const get = (path: string, version = "1.1", more = ""): string => `GET ${path} HTTP/${version}\r\nhost: p\r\n${more}\r\n`;
/** The body of the last answer in what a client has received. */
const lastBody = (text: string): string => text.slice(text.lastIndexOf("\r\n\r\n") + 4);

let front: Front;
let lines: AnswerLines;
let looks: NodeJS.Timeout | undefined;
let asked: (response: ClientResponse) => void;
const clients: RawClient[] = [];

afterEach(() => {
  for (const client of clients.splice(0)) client.destroy();
  clearInterval(looks);
  front.close();
  front.cut();
});

/** Opens a front that answers `/short` and `/long`. Whoever has {@link asked} gets the responses to all but `/short`. */
async function open(name: string, secure: boolean, more = ""): Promise<void> {
  const upstream = "{ profile: litellm, version: 1.108.10, url: http://127.0.0.1:1 }";
  const identity = "{ oidc: { issuer: https://issuer.test, audiences: [litellm] } }";
  const text = settingsText({ upstream, identity, front: name, more, ...(secure && { tls: TLS }) });
  const { settings, listenerTls } = settingsFrom(text);
  const [listener] = settings.listeners;
  lines = { status: 200, headers: [], keepAliveSeconds: settings.limits.keepAliveSeconds };
  if (!listener) throw new Error("the settings have no listener");
  front = await openFront(listener, listenerTls[0], settings.limits, { request: answer, upgrade: () => undefined });
}

function answer({ url }: ClientRequest, response: ClientResponse): void {
  if (url === "/short") response.answer(lines, "short");
  // A turn later, when the request is complete: what comes before goes another way through Node's front.
  else if (url === "/long") setImmediate(() => answerLong(response));
  else if (url === "/long-at-once") answerLong(response);
  else asked(response);
}

function answerLong(response: ClientResponse): void {
  response.begin(lines, LONG.length);
  response.send(LONG);
  response.finish();
  asked(response);
}

async function connected(secure: boolean): Promise<RawClient> {
  const client = await RawClient.open((front.address() as AddressInfo).port, secure);
  clients.push(client);
  return client;
}

/** Sends requests and reads nothing of their answers. Resolves at the last that is not for `/short`. */
async function unread(client: RawClient, text: string): Promise<ClientResponse> {
  client.socket.pause();
  const paths = text.match(/^GET/gm)?.length ?? 0;
  const last = new Promise<ClientResponse>((resolve) => {
    let count = 0;
    asked = (response) => {
      count += 1;
      if (count === paths) resolve(response);
    };
  });
  client.send(text);
  return last;
}

/** Closes the port, as a reload does that has it no more. Resolves when all connections are closed. */
const closePort = (): Promise<void> => new Promise((resolve) => front.close(resolve));

/** Looks for idle connections again and again, as a proxy does that stops. */
function lookForIdle(): void {
  looks = setInterval(() => front.closeIdle(), LOOK_EVERY_MS);
}

const someLooks = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 3 * LOOK_EVERY_MS));

describe.each([
  ["node", "plain", false],
  ["node", "TLS", true],
  ["strict", "plain", false],
  ["strict", "TLS", true],
])("the %s front, %s, with an answer that its client has not read yet", (name, _how, secure) => {
  let client: RawClient;
  let idle: RawClient;
  let left: Promise<void>;
  beforeEach(async () => {
    await open(name, secure);
    client = await connected(secure);
    const response = await unread(client, get("/long"));
    left = new Promise((resolve) => response.whenClosed(resolve));
    idle = await connected(secure);
    idle.send(get("/short"));
    await idle.until(/short$/);
  });

  it("lets it arrive whole when the proxy stops, and closes the connection behind it", async () => {
    const closed = closePort();
    lookForIdle();
    await idle.untilClosed();
    await someLooks();
    client.socket.resume();
    expect(lastBody(await client.untilClosed()).length).toBe(LONG.length);
    await closed;
  });

  it("lets it arrive whole when a reload closes the port", async () => {
    const closed = closePort();
    await idle.untilClosed();
    client.socket.resume();
    await left;
    lookForIdle();
    expect(lastBody(await client.untilClosed()).length).toBe(LONG.length);
    await closed;
  });

  it("cuts it when its time is over", async () => {
    const closed = closePort();
    await idle.untilClosed();
    front.cut();
    await closed;
    client.socket.resume();
    expect(lastBody(await client.untilClosed()).length).toBeLessThan(LONG.length);
  });
});

describe("the node front, where Node writes the answer", () => {
  let client: RawClient;
  beforeEach(async () => {
    await open("node", false);
    client = await connected(false);
  });

  it("lets one of HTTP/1.0 arrive whole", async () => {
    await unread(client, get("/long", "1.0", "connection: keep-alive\r\n"));
    const closed = closePort();
    lookForIdle();
    await someLooks();
    client.socket.resume();
    expect(lastBody(await client.untilClosed()).length).toBe(LONG.length);
    await closed;
  });

  it("lets those of a pipeline arrive whole, also one that comes later", async () => {
    const last = await unread(client, get("/long-at-once") + get("/long-at-once") + get("/held"));
    const closed = closePort();
    lookForIdle();
    await someLooks();
    client.socket.resume();
    last.answer(lines, "last");
    const text = await client.untilClosed();
    expect(text.split(LONG.toString()).length - 1).toBe(2);
    expect(lastBody(text)).toBe("last");
    await closed;
  });
});

describe.each([
  ["node", false],
  ["node", true],
  ["strict", false],
  ["strict", true],
])("the %s front, over TLS: %s, with an answer that has been written", (name, secure) => {
  it.each(["/long", "/long-at-once"])("gives up a client that takes nothing of it: %s", async (path) => {
    await open(name, secure, "limits: { keepAliveSeconds: 0.3, bodySeconds: 0.3 }");
    const client = await connected(secure);
    const response = await unread(client, get(path));
    await new Promise<void>((resolve) => response.whenClosed(resolve));
    client.socket.resume();
    expect(lastBody(await client.untilClosed()).length).toBeLessThan(LONG.length);
  });
});

describe("the node front", () => {
  it("bounds the time of an answer, and not of the request behind it", async () => {
    await open("node", false, "limits: { keepAliveSeconds: 0.2 }");
    const client = await connected(false);
    const last = await unread(client, get("/long-at-once") + get("/held"));
    client.socket.resume();
    await new Promise((resolve) => setTimeout(resolve, 600));
    last.answer(lines, "last");
    expect(lastBody(await client.untilClosed())).toBe("last");
  });

  it("keeps a client that takes an answer slowly", async () => {
    await open("node", false, "limits: { keepAliveSeconds: 0.3 }");
    const client = await connected(false);
    await unread(client, get("/long"));
    const started = Date.now();
    let last = started;
    // A piece at a time, each well before the time is over, for longer than that time in all.
    client.socket.on("data", () => {
      last = Date.now();
      client.socket.pause();
      setTimeout(() => client.socket.resume(), 5);
    });
    client.socket.resume();
    expect(lastBody(await client.untilClosed()).length).toBe(LONG.length);
    expect(last - started).toBeGreaterThan(300);
  });
});
