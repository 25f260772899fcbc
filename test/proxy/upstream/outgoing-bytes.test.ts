import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { buffer as readAll } from "node:stream/consumers";
import { connect as connectTls, createServer as createTlsServer } from "node:tls";
import { OutgoingBytes } from "../../../proxy/src/upstream/outgoing-bytes";

const CHUNK = 65_536;

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A connection whose other end does not read until it is told to. */
async function pair(): Promise<{ near: Socket; far: Socket }> {
  const server = createServer({ pauseOnConnect: true }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const near = connect((server.address() as { port: number }).port, "127.0.0.1");
  const [far] = (await once(server, "connection")) as [Socket];
  await once(near, "connect");
  closers.push(() => {
    near.destroy();
    far.destroy();
    server.close();
  });
  return { near, far };
}

/** A TLS connection, whose writes are never taken at once. */
async function securePair(): Promise<{ near: Socket; far: Socket }> {
  const pem = (name: string): Buffer => readFileSync(join(__dirname, "../../fixtures/proxy", name));
  const server = createTlsServer({ key: pem("server.key"), cert: pem("server.pem") }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  const near = connectTls({ port, host: "127.0.0.1", servername: "localhost", ca: pem("ca.pem") });
  const [[far]] = (await Promise.all([once(server, "secureConnection"), once(near, "secureConnect")])) as [[Socket], unknown];
  closers.push(() => {
    near.destroy();
    far.destroy();
    server.close();
  });
  return { near, far };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Bytes with memory of their own, as Node's parser hands them out. */
function copyOf(bytes: Buffer): Buffer {
  const copy = Buffer.allocUnsafeSlow(bytes.length);
  copy.set(bytes);
  return copy;
}

const chunkOf = (index: number): Buffer => Buffer.alloc(CHUNK, index % 251);

test("the memory of a piece that has left is given back", async () => {
  const { near } = await pair();
  const outgoing = new OutgoingBytes(near);
  const chunk = Buffer.alloc(CHUNK, "a");
  outgoing.add(chunk.subarray(1));
  outgoing.flush();
  outgoing.spent(chunk);
  expect(chunk.length).toBe(0);
});

test("a head waits for the first piece, and until then the connection has something to send", async () => {
  const { near, far } = await pair();
  const outgoing = new OutgoingBytes(near);
  outgoing.begin("HEAD\r\n");
  expect(outgoing.waiting).toBe(true);
  outgoing.addLast(Buffer.alloc(0));
  await turn();
  expect(outgoing.waiting).toBe(false);
  far.resume();
  near.end();
  expect((await readAll(far)).toString()).toBe("HEAD\r\n");
});

test("what waits for a slow reader arrives as it was, and its memory is given back only then", async () => {
  const { near, far } = await pair();
  const outgoing = new OutgoingBytes(near);
  const chunks = Array.from({ length: 200 }, (_, index) => chunkOf(index));
  outgoing.begin("HEAD\r\n");
  for (const chunk of chunks) {
    outgoing.add(chunk);
    outgoing.spent(chunk);
  }
  outgoing.flush();
  expect(near.writableLength).toBeGreaterThan(0);
  expect(chunks.at(-1)?.length).toBe(CHUNK);
  const all = readAll(far);
  far.resume();
  await once(near, "drain");
  outgoing.releaseSpent();
  expect(chunks.every((chunk) => chunk.length === 0)).toBe(true);
  near.end();
  const got = await all;
  expect(got.subarray(0, 6).toString()).toBe("HEAD\r\n");
  expect(got.subarray(6).equals(Buffer.concat(chunks.map((_, index) => chunkOf(index))))).toBe(true);
});

test("requests that are put together one after the other do not write over what still waits", async () => {
  const { near, far } = await pair();
  const outgoing = new OutgoingBytes(near);
  for (let index = 0; index < 200; index++) {
    outgoing.begin(`${index}\r\n`);
    outgoing.add(chunkOf(index).subarray(0, 40_000));
    outgoing.flush();
  }
  expect(near.writableLength).toBeGreaterThan(0);
  const all = readAll(far);
  near.end();
  const expected = Array.from({ length: 200 }, (_, index) => [Buffer.from(`${index}\r\n`), chunkOf(index).subarray(0, 40_000)]);
  expect((await all).equals(Buffer.concat(expected.flat()))).toBe(true);
});

test("the memory of small bodies is given back on a TLS connection too, also that of the last one", async () => {
  const { near, far } = await securePair();
  const outgoing = new OutgoingBytes(near);
  const bodies = Array.from({ length: 20 }, (_, index) => copyOf(chunkOf(index).subarray(0, 5000)));
  const expected = Buffer.concat(bodies.flatMap((body) => [Buffer.from("HEAD\r\n"), body]));
  const all = readAll(far);
  for (const body of bodies) {
    outgoing.begin("HEAD\r\n");
    outgoing.add(body);
    outgoing.flush();
    outgoing.spent(body);
    while (near.writableLength > 0) await turn();
  }
  expect(bodies.filter(({ length }) => length > 0)).toHaveLength(0);
  near.end();
  expect((await all).equals(expected)).toBe(true);
});

test("bodies that wait together on a TLS connection arrive as they were", async () => {
  const { near, far } = await securePair();
  const outgoing = new OutgoingBytes(near);
  const all = readAll(far);
  const bodies = Array.from({ length: 50 }, (_, index) => copyOf(chunkOf(index).subarray(0, 1000 + index * 3000)));
  const expected = Buffer.concat(bodies);
  for (const body of bodies) {
    outgoing.add(body);
    outgoing.flush();
    outgoing.spent(body);
  }
  near.end();
  expect((await all).equals(expected)).toBe(true);
});
