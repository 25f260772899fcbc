import { createServer, type Server, type ServerOptions } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { LimitSettings, ListenerSettings, TlsMaterial } from "../settings";
import { DirectRequest } from "./direct-request";
import { DirectResponse } from "./direct-response";

/** A server of a listener. */
export type ListenerServer = Server<typeof DirectRequest, typeof DirectResponse>;

/** What is done with what arrives. */
export interface ListenerEvents {
  request(request: DirectRequest, response: DirectResponse): void;
  upgrade(request: DirectRequest, socket: Duplex, head: Buffer): void;
}

/**
 * A port with Node's own HTTP parser behind it, in its strict mode: it refuses obsolete line folding, a length together with
 * chunked coding, and repeated lengths or hosts.
 */
export function openListener(
  { address, port }: Pick<ListenerSettings, "address" | "port">,
  tls: TlsMaterial | undefined,
  limits: LimitSettings,
  events: ListenerEvents,
): Promise<ListenerServer> {
  const options = serverOptions(limits);
  const server: ListenerServer = tls ? createTlsServer({ ...options, ...tlsOptions(tls) }) : createServer(options);
  server.maxConnections = limits.connections;
  server.on("request", events.request);
  // Asked for with `Expect: 100-continue`: the answer is given once the caller is known, by reading the body.
  server.on("checkContinue", events.request);
  server.on("upgrade", (request, socket, head) => {
    const before = (socket as ClientSocket)._httpMessage;
    if (before) endBehind(before, socket as ClientSocket);
    else events.upgrade(request, socket, head);
  });
  server.on("clientError", (error, socket) => answerClientError(error, socket as ClientSocket));
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host: address, port, backlog: 4096 }, () => {
      server.removeListener("error", reject);
      resolve(server);
    });
  });
}

function serverOptions(limits: LimitSettings): ServerOptions<typeof DirectRequest, typeof DirectResponse> {
  const head = limits.headSeconds * 1000;
  const whole = head + limits.bodySeconds * 1000;
  return {
    IncomingMessage: DirectRequest,
    ServerResponse: DirectResponse,
    noDelay: true,
    insecureHTTPParser: false,
    maxHeaderSize: limits.headerBytes,
    headersTimeout: head,
    requestTimeout: whole,
    keepAliveTimeout: limits.keepAliveSeconds * 1000,
    // Half-open clients are looked for this often; the default of 30 s would let them stay four times as long as allowed.
    connectionsCheckingInterval: Math.max(100, Math.min(1000, head / 2)),
  };
}

/** TLS options of a listener. With an authority for client certificates, one is required: no request arrives without. */
export function tlsOptions(tls: TlsMaterial) {
  return { ...tls, minVersion: "TLSv1.2" as const, ...(tls.ca !== undefined && { requestCert: true, rejectUnauthorized: true }) };
}

/** Node's server keeps the answer that a connection is busy with there; its own handler of such errors looks at it, too. */
type ClientSocket = Socket & { readonly _httpMessage?: DirectResponse | null };

/** A wish for another protocol behind a request whose answer is not complete: a connection that is in use cannot change. */
function endBehind(before: DirectResponse, socket: ClientSocket): void {
  // From here on Node itself deals with no error of the socket.
  socket.on("error", () => socket.destroy());
  if (before.begun) endAfter(before, socket);
  else socket.destroy();
}

/** Ends a connection within an answer. What of it is written already still arrives: it may be the refusal of the request. */
function endAfter(begun: DirectResponse, socket: ClientSocket): void {
  begun.flush();
  socket.destroySoon();
}

const CLIENT_ERRORS: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: "431 Request Header Fields Too Large",
  ERR_HTTP_REQUEST_TIMEOUT: "408 Request Timeout",
};

/**
 * What is not HTTP gets a short answer and no second try on the same connection. In the middle of an answer to what came before
 * it, that answer is cut: a status line in it would be taken for a piece of it.
 */
function answerClientError(error: NodeJS.ErrnoException, socket: ClientSocket): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  if (socket._httpMessage?.begun === true) {
    endAfter(socket._httpMessage, socket);
    return;
  }
  const status = CLIENT_ERRORS[error.code ?? ""] ?? "400 Bad Request";
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}
