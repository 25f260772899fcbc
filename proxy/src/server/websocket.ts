import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { Refusal } from "../errors";
import type { ClientRequest, ClientResponse } from "../front";
import type { UpstreamEvents } from "../upstream";
import { admitCaller, findRoute, LISTENER_GONE, overloaded, whenIdentified } from "./handler";
import type { Admitted, Service } from "./service";
import { Transaction } from "./transaction";

/** Sub-protocols of OpenAI's realtime API that carry no key and name no account. */
const PROTOCOL = /^(realtime|openai-beta\.[\w.=-]+)$/;
/** Lines of a handshake that both sides need as they are. */
const HANDSHAKE = ["sec-websocket-key", "sec-websocket-version", "sec-websocket-extensions"] as const;
const ACCEPTED = new Set(["sec-websocket-accept", "sec-websocket-protocol", "sec-websocket-extensions"]);

/**
 * A WebSocket: LiteLLM 1.108.10 takes the identity from the headers of the handshake and from its query, never from frames, so
 * frames pass as they are.
 */
export function handleUpgrade(
  service: Service,
  listener: string,
  request: ClientRequest,
  response: ClientResponse,
  socket: Duplex,
  head: Buffer,
): void {
  const { generation } = service;
  const transaction = new Transaction(generation, listener, request, response);
  socket.on("error", () => socket.destroy());
  const source = generation.source(listener);
  socket.once("close", () => (transaction.joined ? transaction.end(...OPENED) : transaction.cutShort()));
  transaction.guard(() => {
    const problem = overloaded(generation) ?? wrongUpgrade(service, request) ?? findRoute(transaction, "WEBSOCKET");
    if (problem || !source) transaction.refuse(problem ?? LISTENER_GONE);
    else {
      whenIdentified(transaction, source, (identified) => {
        if (transaction.ended) return;
        const admitted = admitCaller(generation, transaction, identified);
        if ("code" in admitted) transaction.refuse(admitted);
        else if (!admitted.caller.inHeaders) transaction.refuse(NOT_IN_HEADERS);
        else connect(service, transaction, admitted, socket as Socket, head);
      });
    }
  });
}

const OPENED = ["forwarded", "ok", 101] as const;

const NOT_IN_HEADERS: Refusal = {
  status: 403,
  code: "identity_not_in_headers",
  message: "your name or tags cannot be written in headers, and a WebSocket has nothing else",
};

function wrongUpgrade({ draining }: Service, request: ClientRequest): Refusal | undefined {
  if (draining) return { status: 503, code: "draining", message: "the identity proxy is about to end", retryAfter: 1 };
  if (request.method === "GET" && headerOf(request, "upgrade")?.toLowerCase() === "websocket") return undefined;
  return { status: 400, code: "upgrade_unknown", message: "the only protocol that a connection can change to is websocket" };
}

function connect(
  { upstream }: Service,
  transaction: Transaction,
  { caller, target }: Admitted,
  socket: Socket,
  head: Buffer,
): void {
  const { request } = transaction;
  const headers = handshake(request);
  headers.push("x-forwarded-for", request.socket.remoteAddress ?? "unknown");
  let refusedWith = 502;
  const refuse = (): void => {
    const code = "upstream_refused_upgrade";
    transaction.refuse({ status: refusedWith, code, message: "the gateway did not accept the WebSocket" }, "failed");
  };
  const events: UpstreamEvents = {
    head: (status) => {
      transaction.answered();
      if (status >= 400) refusedWith = status;
    },
    data: () => undefined,
    end: refuse,
    failed: ({ status, code, message }) => transaction.refuse({ status, code, message }, "failed"),
    drain: () => undefined,
    upgraded: (rawHeaders, gateway, rest) =>
      transaction.guard(() => join(transaction, { client: socket, gateway }, rawHeaders, { head, rest })),
  };
  const exchange = upstream.exchange(
    { method: "GET", path: target, headers, prepared: caller.lines, length: 0, upgrade: "websocket" },
    events,
  );
  socket.once("close", () => exchange.abort());
}

function handshake(request: ClientRequest): string[] {
  const lines = HANDSHAKE.flatMap((name) => {
    const value = headerOf(request, name);
    return value === undefined ? [] : [name, value];
  });
  const protocols = (headerOf(request, "sec-websocket-protocol") ?? "")
    .split(",")
    .map((protocol) => protocol.trim())
    .filter((protocol) => PROTOCOL.test(protocol));
  return protocols.length === 0 ? lines : [...lines, "sec-websocket-protocol", protocols.join(", ")];
}

/** The lines of one header as one value; undefined without any. */
function headerOf({ rawHeaders }: ClientRequest, name: string): string | undefined {
  let value: string | undefined;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    if (rawHeaders[i]?.toLowerCase() !== name) continue;
    value = value === undefined ? rawHeaders[i + 1] : `${value}, ${rawHeaders[i + 1]}`;
  }
  return value;
}

/** From here on bytes go both ways until one side ends. */
function join(
  transaction: Transaction,
  { client, gateway }: { readonly client: Socket; readonly gateway: Socket },
  rawHeaders: readonly string[],
  early: { readonly head: Buffer; readonly rest: Buffer },
): void {
  transaction.answered();
  transaction.joined = true;
  const lines = [
    "HTTP/1.1 101 Switching Protocols",
    "connection: Upgrade",
    "upgrade: websocket",
    `x-request-id: ${transaction.id}`,
  ];
  for (let i = 0; i < rawHeaders.length; i += 2) {
    if (ACCEPTED.has(rawHeaders[i]?.toLowerCase() ?? "")) lines.push(`${rawHeaders[i]}: ${rawHeaders[i + 1]}`);
  }
  transaction.response.handOver();
  client.write(`${lines.join("\r\n")}\r\n\r\n`, "latin1");
  client.write(early.rest);
  gateway.write(early.head);
  const close = (): void => {
    transaction.bytesIn = client.bytesRead;
    transaction.bytesOut = client.bytesWritten;
    transaction.end(...OPENED);
    client.destroy();
    gateway.destroy();
  };
  for (const [side, other] of [
    [client, gateway],
    [gateway, client],
  ] as const) {
    side.once("error", close).once("close", close);
    // What came before the end is delivered; there is no such thing as half a WebSocket.
    side.once("end", () => other.end(close));
  }
  client.pipe(gateway, { end: false });
  gateway.pipe(client, { end: false });
}
