import { connect, type Socket } from "node:net";
import { SPOOF } from "./bodies";
import type { Counts } from "./counts";
import { Random } from "./random";
import { SEPARATORS } from "./requests";
import { CLIENT_KEY, openStand, type Recorded, VERIFIED } from "./stand";

/** Connections at once. */
const PARALLEL = 32;
/** How long an answer is waited for: many damaged requests never get one, whole ones always do. */
const PATIENCE_MS = { damaged: 250, whole: 10_000 };

const PATHS = ["/v1/chat/completions", "/chat/completions", "/v1/models", "/v1/embeddings"];
const BODY = `{"model":"gpt-4o"}`;
const CLAIMS = [
  "x-litellm-end-user-id",
  "x-litellm-customer-id",
  "x-litellm-tags",
  "x-litellm-api-key",
  "X_LITELLM_END_USER_ID",
  "tags",
  "x-pass-user",
  "x-eve-session-id",
  "traceparent",
  "baggage",
  "cookie",
  "user-agent",
  "x-forwarded-for",
  "x-forwarded-user",
  "forwarded",
  "via",
  "x-request-id",
  "openai-organization",
  "x-goog-user-project",
];
const FRAMING = [
  "transfer-encoding: chunked",
  "Transfer-Encoding : chunked",
  "transfer-encoding: gzip, chunked",
  "transfer_encoding: chunked",
  "content-length: 0",
  "content-length: +18",
  "content-length: 18, 18",
  "Content_Length: 99",
  "connection: x-litellm-end-user-id, authorization, x-litellm-tags, content-length",
  "connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-key: x",
  "expect: 100-continue",
  "expect: x",
  "content-encoding: gzip",
  "content-type: multipart/form-data; boundary=x",
  "host: other",
  " folded: x",
  "trailer: x-litellm-end-user-id",
];
const SMUGGLED = `GET /v1/models HTTP/1.1\r\nhost: x\r\nx-litellm-end-user-id: ${SPOOF}\r\n\r\n`;
const TOKENS = [...SEPARATORS, "?", "#", "%0d%0a", SMUGGLED, `?user=${SPOOF}`];

/** Sends damaged requests to a running proxy and looks at what reaches the gateway. */
export async function fuzzHeads(cases: number, seed: number, counts: Counts): Promise<void> {
  const stand = await openStand();
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < cases; index = next++) {
      const random = Random.ofCase(seed + 1, index);
      const whole = index % 11 === 0;
      const text = requestText(random);
      const sent = whole ? text : damaged(random, text);
      const answer = await send(stand.port, sent, whole ? PATIENCE_MS.whole : PATIENCE_MS.damaged);
      counts.head(whole, /^HTTP\/1\.1 200/.test(answer));
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, worker));
  await stand.close();
  for (const request of stand.recorded) {
    const problem = headProblem(request);
    if (problem) counts.failed(-1, "gateway", `${problem}: ${JSON.stringify(request)}`);
  }
  counts.reached(stand.recorded.length);
}

function requestText(random: Random): string {
  const path = random.pick(PATHS);
  const hasBody = !path.endsWith("models");
  const claims = random.shuffled(CLAIMS).slice(0, random.below(5));
  const lines = [
    `host: proxy`,
    `authorization: Bearer ${CLIENT_KEY}`,
    `accept: application/json`,
    ...(hasBody ? [`content-type: application/json`, `content-length: ${BODY.length}`] : []),
    ...claims.map((name) => `${random.chance(0.3) ? name.toUpperCase() : name}: ${SPOOF}`),
  ];
  const query = random.chance(0.3) ? `?user=${SPOOF}&metadata=${SPOOF}` : "";
  return `${hasBody ? "POST" : "GET"} ${path}${query} HTTP/1.1\r\n${random.shuffled(lines).join("\r\n")}\r\n\r\n${hasBody ? BODY : ""}`;
}

function damaged(random: Random, text: string): string {
  const lines = text.split("\r\n");
  if (random.chance(0.5)) lines.splice(1 + random.below(3), 0, random.pick(FRAMING));
  const joined = lines.join("\r\n");
  if (random.chance(0.5)) return joined + (random.chance(0.5) ? SMUGGLED : "");
  const at = random.below(joined.length);
  return joined.slice(0, at) + random.pick(TOKENS) + joined.slice(at + random.below(3));
}

/** The first answer, as far as it came. */
function send(port: number, text: string, patience: number): Promise<string> {
  return new Promise((resolve) => {
    let received = "";
    const socket: Socket = connect({ host: "127.0.0.1", port });
    const done = (): void => {
      socket.destroy();
      resolve(received);
    };
    socket.setTimeout(patience, done);
    socket.on("connect", () => socket.write(Buffer.from(text, "latin1")));
    socket.on("data", (bytes) => {
      received += bytes.toString("latin1");
      if (received.includes("\r\n\r\n") && !received.startsWith("HTTP/1.1 100")) done();
    });
    socket.on("error", done);
    socket.on("close", done);
  });
}

/** What of a request at the gateway is not what the proxy promises. */
function headProblem({ url, rawHeaders }: Recorded): string | undefined {
  const lines = (name: string): string[] =>
    rawHeaders.filter((_, i) => i % 2 === 1 && rawHeaders[i - 1]?.toLowerCase().replaceAll("_", "-") === name);
  const expected = {
    "x-litellm-end-user-id": VERIFIED.user,
    "x-litellm-tags": VERIFIED.tags,
    authorization: `Bearer ${VERIFIED.key}`,
  };
  for (const [name, value] of Object.entries(expected)) {
    if (lines(name).length !== 1 || lines(name)[0] !== value) return `${name} is not the verified one, or not the only one`;
  }
  const passing = lines("accept").concat(lines("anthropic-beta"));
  if (url.includes(SPOOF) || rawHeaders.some((text) => text.includes(SPOOF) && !passing.includes(text)))
    return "a claim of the client went through";
  return rawHeaders.some((text) => text.includes(CLIENT_KEY)) ? "the client's key went through" : undefined;
}
