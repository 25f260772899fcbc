import { createServer, type ServerOptions } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { Socket } from "node:net";
import type { LimitSettings, TlsMaterial } from "../../settings";
import type { FrontEvents } from "../client";
import { type Clients, tlsOptions } from "../front";
import { bareAnswer, LATE, MALFORMED } from "../refusals";
import { DirectRequest } from "./direct-request";
import { DirectResponse } from "./direct-response";
import { type ClientSocket, type NodeServer, spareLeavingAnswers } from "./leaving-answers";

/**
 * A front with Node's own HTTP parser, in its strict mode: it refuses obsolete line folding, a length together with
 * chunked coding, and repeated lengths or hosts.
 */
export function nodeFront(tls: TlsMaterial | undefined, limits: LimitSettings, events: FrontEvents): Clients {
  const options = serverOptions(limits);
  const server: NodeServer = tls ? createTlsServer({ ...options, ...tlsOptions(tls) }) : createServer(options);
  // By default lines over a thousand or two are left out of what is told of the head, and the parser goes by them all the same.
  server.maxHeadersCount = 0;
  server.on("request", events.request);
  // Asked for with `Expect: 100-continue`: the answer is given once the caller is known, by reading the body.
  server.on("checkContinue", events.request);
  // Any other expectation is refused where all requests are judged, and recorded.
  server.on("checkExpectation", events.request);
  server.on("upgrade", (request, socket, head) => {
    const before = (socket as ClientSocket)._httpMessage;
    if (before) endBehind(before, socket as ClientSocket);
    else events.upgrade(request, refusingResponse(request, socket as ClientSocket), socket, head);
  });
  server.on("clientError", (error, socket) => answerClientError(error, socket as ClientSocket));
  spareLeavingAnswers(server, tls ? "secureConnection" : "connection");
  return { server, closeIdle: () => server.closeIdleConnections(), cut: () => server.closeAllConnections() };
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

/** An answer for the case that there is no upgrade: the connection closes behind it. */
function refusingResponse(request: DirectRequest, socket: Socket): DirectResponse {
  const response = new DirectResponse(request);
  response.shouldKeepAlive = false;
  response.assignSocket(socket);
  response.once("finish", () => socket.end());
  return response;
}

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
  const current = socket._httpMessage;
  // The end of the connection within a body is no fault of what was sent.
  if (current && error.code !== "HPE_INVALID_EOF_STATE")
    current.refused = error.code === "ERR_HTTP_REQUEST_TIMEOUT" ? LATE : MALFORMED;
  if (current?.begun) {
    endAfter(current, socket);
    return;
  }
  const status = CLIENT_ERRORS[error.code ?? ""] ?? "400 Bad Request";
  socket.end(bareAnswer(status));
}
