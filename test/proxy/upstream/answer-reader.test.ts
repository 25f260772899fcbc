import { MalformedMessage } from "../../../proxy/src/framing";
import { AnswerReader } from "../../../proxy/src/upstream/answer-reader";

interface Seen {
  status: number;
  headers: string[];
  body: string;
  ended: boolean;
  keepAlive: boolean;
}

/** Reads an answer in pieces of `size` bytes; what came until it went wrong stays in the result. */
function read(text: string, size: number, method = "POST"): Seen & { malformed: boolean } {
  const seen = { status: 0, headers: [] as string[], body: "", ended: false, keepAlive: false, malformed: false };
  const reader = new AnswerReader(method, false, {
    head: (head) => {
      seen.status = head.status;
      seen.headers = head.rawHeaders;
    },
    data: (chunk) => {
      seen.body += chunk.toString("latin1");
    },
    end: () => {
      seen.ended = true;
    },
    upgraded: () => undefined,
  });
  try {
    const bytes = Buffer.from(text, "latin1");
    for (let i = 0; i < bytes.length; i += size) reader.read(Buffer.from(bytes.subarray(i, i + size)));
    seen.ended = reader.close();
  } catch (error) {
    if (!(error instanceof MalformedMessage)) throw error;
    seen.malformed = true;
  }
  seen.keepAlive = reader.keepAlive;
  return seen;
}

const OK = "HTTP/1.1 200 OK\r\n";

describe.each([1, 2, 3, 7, 1000])("an answer that comes in pieces of %d bytes", (size) => {
  test.each([
    ["with a length", `${OK}content-length: 5\r\n\r\nhello`, { body: "hello", keepAlive: true }],
    ["with the same length twice", `${OK}content-length: 5\r\ncontent-length: 5\r\n\r\nhello`, { body: "hello" }],
    ["with an empty body", `${OK}content-length: 0\r\n\r\n`, { body: "", keepAlive: true }],
    [
      "in chunks",
      `${OK}transfer-encoding: chunked\r\n\r\n5\r\nhello\r\nA;x=y\r\n0123456789\r\n0\r\n\r\n`,
      { body: "hello0123456789", keepAlive: true },
    ],
    [
      "in chunks with a trailer",
      `${OK}transfer-encoding: Chunked\r\n\r\n2\r\nab\r\n0\r\nx: y\r\n\r\n`,
      { body: "ab", keepAlive: true },
    ],
    ["until the connection closes", `${OK}\r\nhello`, { body: "hello", keepAlive: false }],
    ["that closes the connection", `${OK}connection: x, Close\r\ncontent-length: 1\r\n\r\na`, { body: "a", keepAlive: false }],
    ["of HTTP/1.0", `HTTP/1.0 200 OK\r\ncontent-length: 1\r\n\r\na`, { body: "a", keepAlive: false }],
    ["without a body by its status", `HTTP/1.1 204 No Content\r\n\r\n`, { status: 204, body: "", keepAlive: true }],
    ["without a reason", `HTTP/1.1 200\r\ncontent-length: 1\r\n\r\na`, { body: "a" }],
    [
      "behind interim answers",
      `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n${OK}content-length: 1\r\n\r\na`,
      { status: 200, body: "a" },
    ],
  ])("%s is read", (_, text, expected) => {
    expect(read(text, size)).toMatchObject({ status: 200, ended: true, malformed: false, ...expected });
  });

  test.each([
    ["a length beside chunks", `${OK}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`],
    ["two lengths", `${OK}content-length: 5\r\ncontent-length: 6\r\n\r\nhello`],
    ["a length that is no number", `${OK}content-length: 5x\r\n\r\nhello`],
    ["another coding", `${OK}transfer-encoding: gzip, chunked\r\n\r\n`],
    ["a coding twice", `${OK}transfer-encoding: chunked\r\ntransfer-encoding: chunked\r\n\r\n`],
    ["a space before the colon", `${OK}x : y\r\n\r\n`],
    ["a folded line", `${OK}x: y\r\n z\r\ncontent-length: 0\r\n\r\n`],
    ["a bare line feed", `${OK}x: y\ncontent-length: 0\r\n\r\n`],
    ["another protocol", `HTTP/2 200 OK\r\n\r\n`],
    ["bytes behind the body", `${OK}content-length: 2\r\n\r\nabc`],
    ["bytes behind the chunks", `${OK}transfer-encoding: chunked\r\n\r\n0\r\n\r\nx`],
    ["a second answer", `${OK}content-length: 1\r\n\r\na${OK}content-length: 1\r\n\r\nb`],
    ["a chunk without a size", `${OK}transfer-encoding: chunked\r\n\r\n\r\n`],
    ["a chunk longer than its size", `${OK}transfer-encoding: chunked\r\n\r\n2\r\nabc\r\n0\r\n\r\n`],
    ["a chunk size that is no number", `${OK}transfer-encoding: chunked\r\n\r\n0x5\r\nhello\r\n0\r\n\r\n`],
    ["a chunk line that ends in a bare line feed", `${OK}transfer-encoding: chunked\r\n\r\n5\nhello\r\n0\r\n\r\n`],
    ["a chunk size of thirteen digits", `${OK}transfer-encoding: chunked\r\n\r\n1000000000000\r\n`],
    ["an upgrade that nobody asked for", `HTTP/1.1 101 Switching Protocols\r\n\r\n`],
    ["an endless head", `${OK}x: ${"y".repeat(70_000)}`],
    ["endless interim answers", "HTTP/1.1 100 Continue\r\n\r\n".repeat(11)],
  ])("with %s is malformed", (_, text) => {
    expect(read(text, Math.max(size, text.length > 5000 ? 1000 : 1)).malformed).toBe(true);
  });

  test.each([
    ["its length", `${OK}content-length: 5\r\n\r\nhell`],
    ["its last chunk", `${OK}transfer-encoding: chunked\r\n\r\n5\r\nhello\r\n`],
    ["its head", `${OK}content-le`],
  ])("that ends before %s is not complete", (_, text) => {
    expect(read(text, size)).toMatchObject({ ended: false, malformed: false });
  });
});

test("an answer to HEAD has no body, whatever it announces", () => {
  expect(read(`${OK}content-length: 5\r\n\r\n`, 1000, "HEAD")).toMatchObject({ ended: true, body: "", keepAlive: true });
});

test("header lines keep their spelling and their order", () => {
  expect(read(`${OK}X-A:  b \r\nx-a:\t\r\ncontent-length: 0\r\n\r\n`, 1000).headers).toEqual([
    "X-A",
    "b",
    "x-a",
    "",
    "content-length",
    "0",
  ]);
});
