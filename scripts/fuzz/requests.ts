import type { Random } from "./random";

const METHODS = ["GET", "POST", "POST", "POST", "PUT", "DELETE", "HEAD", "OPTIONS"];
const TARGETS = [
  "/v1/chat/completions",
  "/v1/models",
  "/v1/models?limit=2",
  "/",
  "/v1/responses/resp_1",
  "*",
  "http://other/v1/models",
];
const LINES = [
  "accept: application/json",
  "User-Agent: client/1.0 (x; y)",
  "X-Empty:",
  "x-spaced: \t value \t ",
  "x-bytes: gr\u00f6\u00dfe",
  "Connection: keep-alive",
  "connection: close",
  "Connection: keep-alive, x-other",
  `x-long: ${"a".repeat(300)}`,
  "x-odd!#$%&'*+.^_`|~: 1",
  'cookie: a=b; c="d"',
];
const BODIES = ["", "{}", `{"model":"gpt-5"}`, "0\r\n\r\n", "a".repeat(1000)];

/** Lines that decide how a request is read, right and wrong. */
const FRAMING = [
  "transfer-encoding: chunked",
  "Transfer-Encoding: Chunked",
  "Transfer-Encoding : chunked",
  "transfer-encoding: gzip, chunked",
  "transfer-encoding: chunked, chunked",
  "transfer-encoding:\tchunked",
  "transfer-encoding: identity",
  'transfer-encoding: "chunked"',
  "transfer-encoding: chunked;q=1",
  "transfer_encoding: chunked",
  "content-length: 0",
  "content-length: 2",
  "content-length: 2\t",
  "transfer-encoding: chunked \t",
  "Content-Length:2",
  "content-length: +2",
  "content-length: -2",
  "content-length: 0x2",
  "content-length: 2, 2",
  "content-length: 2 2",
  "content-length: 99999999999999999999",
  "content-length:",
  "content_length: 99",
  "host: other",
  "Host:",
  "connection: upgrade\r\nupgrade: websocket",
  "connection: Upgrade",
  "upgrade: h2c",
  "expect: 100-continue",
  "expect: x",
  " folded: x",
  "\tfolded",
  "x : y",
  ": no name",
  "no colon",
  "trailer: x",
  "te: trailers",
];
/** What takes a head apart in one reader and not in another. */
export const SEPARATORS = ["\r\n", "\n", "\r", " ", "\t", ":", "\0", "\r\n\r\n", "\x0b", "\u0085", ";", ","];
const TOKENS = [...SEPARATORS, "\n\n", "\x0c", "\x7f", "0", "f", "-", "+", '"', "HTTP/1.1", "HTTP/1.0", "GET / "];
const SECOND = "GET /second HTTP/1.1\r\nhost: p\r\n\r\n";
const CHUNK_LINES = [
  "2;ext\r\n",
  '2;a="b"\r\n',
  "2 \r\n",
  " 2\r\n",
  "0x2\r\n",
  "2\n",
  "-2\r\n",
  "ffffffffffffffff\r\n",
  "000002\r\n",
];

/** A request that every parser takes, a character for each byte. */
export function wholeRequest(random: Random): string {
  const method = random.pick(METHODS);
  const hasBody = method === "POST" || method === "PUT";
  const body = hasBody ? random.pick(BODIES) : "";
  const chunked = hasBody && random.chance(0.4);
  const framing = chunked ? ["transfer-encoding: chunked"] : hasBody ? [`content-length: ${body.length}`] : [];
  const others = random.shuffled(LINES).slice(0, random.below(6));
  const lines = random.shuffled(["Host: proxy", ...framing, ...others]);
  const target = random.pick(TARGETS.slice(0, 5));
  return `${method} ${target} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n${chunked ? chunks(random, body) : body}`;
}

function chunks(random: Random, body: string): string {
  let text = "";
  for (let from = 0; from < body.length; ) {
    const length = Math.min(body.length - from, 1 + random.below(body.length));
    text += `${random.chance(0.2) ? "0" : ""}${length.toString(16)}\r\n${body.slice(from, from + length)}\r\n`;
    from += length;
  }
  return `${text}0\r\n\r\n`;
}

/** The same with one to three things done to it that parsers disagree about. */
export function damagedRequest(random: Random, text: string): string {
  let damaged = text;
  for (let count = 1 + random.below(3); count > 0; count--) damaged = random.pick(DAMAGES)(random, damaged);
  return damaged;
}

type Damage = (random: Random, text: string) => string;

const DAMAGES: readonly Damage[] = [
  (random, text) => put(text, random.below(text.length + 1), random.pick(TOKENS)),
  (random, text) => put(text, lineStart(random, text), `${random.pick(FRAMING)}\r\n`),
  (random, text) => put(text, lineStart(random, text), `${random.pick(FRAMING)}\r\n`),
  (random, text) => put(text, lineStart(random, text), random.pick(CHUNK_LINES)),
  (random, text) => text + random.pick([SECOND, "\r\n", "x", "0\r\n\r\n", "x: trailer\r\n\r\n"]),
  (random, text) => text.replace(/0\r\n\r\n$/, random.pick(["0\r\nx: trailer\r\n\r\n", "0\r\n", "00\r\n\r\n", "0;x\r\n\r\n"])),
  (random, text) => text.replace(/\r\n/, random.pick(["\n", "\r", " \r\n", "\r\n "])),
  (random, text) =>
    text.replace("HTTP/1.1", random.pick(["HTTP/1.0", "HTTP/1.2", "HTTP/2.0", "http/1.1", "HTTP/1.1 ", "HTTP/01.1"])),
  (random, text) =>
    text.replace(/^[^ ]+ [^ ]+/, `${random.pick([...METHODS, "get", "PRI", "CONNECT", "M-SEARCH"])} ${random.pick(TARGETS)}`),
  (random, text) => flipped(text, random.below(text.length), 1 << random.below(8)),
  (random, text) => {
    const at = random.below(text.length);
    return text.slice(0, at) + text.slice(at + 1 + random.below(4));
  },
];

function put(text: string, at: number, piece: string): string {
  return text.slice(0, at) + piece + text.slice(at);
}

/** The beginning of some line. */
function lineStart(random: Random, text: string): number {
  const found = text.indexOf("\r\n", random.below(text.length));
  return found < 0 ? text.length : found + 2;
}

function flipped(text: string, at: number, bit: number): string {
  return text.slice(0, at) + String.fromCharCode((text.charCodeAt(at) ^ bit) & 0xff) + text.slice(at + 1);
}
