import type { Server } from "node:net";
import type { Server as TlsServer } from "node:tls";
import type { LimitSettings, ListenerSettings, TlsMaterial } from "../settings";
import type { FrontEvents } from "./client";
import type { Front } from "./front";
import { Handshakes } from "./handshakes";
import { nodeFront } from "./node/node-front";
import { strictFront } from "./strict/strict-front";

/** Connections that may wait to be accepted. */
const BACKLOG = 4096;

/** What is needed to make a front. */
export type MakeFront = (
  tls: TlsMaterial | undefined,
  limits: LimitSettings,
  events: FrontEvents,
) => { readonly server: Server; readonly front: Front };

const FRONTS: Readonly<Record<ListenerSettings["front"], MakeFront>> = { node: nodeFront, strict: strictFront };

/** Opens the port of a listener. @throws Error of the system when it cannot be opened */
export function openFront(
  { address, port, front }: Pick<ListenerSettings, "address" | "port" | "front">,
  tls: TlsMaterial | undefined,
  limits: LimitSettings,
  events: FrontEvents,
): Promise<Front> {
  const made = FRONTS[front](tls, limits, events);
  const { server } = made;
  const opened = tls ? withHandshakes(made.front, new Handshakes(server as TlsServer)) : made.front;
  server.maxConnections = limits.connections;
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host: address, port, backlog: BACKLOG }, () => {
      server.removeListener("error", reject);
      resolve(opened);
    });
  });
}

/** Whoever is about to begin has no request yet, so it ends with those that are idle. */
function withHandshakes(front: Front, handshakes: Handshakes): Front {
  return {
    ...front,
    close: (closed) => {
      front.close(closed);
      handshakes.end();
    },
    closeIdle: () => {
      front.closeIdle();
      handshakes.end();
    },
  };
}
