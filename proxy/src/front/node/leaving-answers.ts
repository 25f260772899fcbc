import type { Server } from "node:http";
import type { Socket } from "node:net";
import type { DirectRequest } from "./direct-request";
import type { DirectResponse } from "./direct-response";

/** A server of this front. */
export type NodeServer = Server<typeof DirectRequest, typeof DirectResponse>;

/** Node's server keeps the answer that a connection is busy with there, until it has left. */
export type ClientSocket = Socket & { readonly _httpMessage?: DirectResponse | null };

/**
 * Has a server close no connection as idle whose answer has not left.
 *
 * Node takes a connection for idle as soon as its answer is `finished`, which is when the last of it is written, and destroys it
 * together with all that the client has not taken yet. So no such answer is finished while Node looks.
 *
 * @param connected event of the server that has the connections on which HTTP is spoken
 */
export function spareLeavingAnswers(server: NodeServer, connected: "connection" | "secureConnection"): void {
  const open = new Set<ClientSocket>();
  server.on(connected, (socket: ClientSocket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
  });
  const closeIdle = server.closeIdleConnections.bind(server);
  // In this place because `close` of the server calls it, too.
  server.closeIdleConnections = () => {
    const leaving = [...open].flatMap(({ _httpMessage: answer }) => (answer?.finished ? [answer] : []));
    for (const answer of leaving) answer.finished = false;
    closeIdle();
    for (const answer of leaving) answer.finished = true;
  };
}
