import type { Server as TlsServer } from "node:tls";
import type { LimitSettings, ListenerSettings, TlsMaterial } from "../settings";
import type { FrontEvents } from "./client";
import { type Clients, type Front, tlsOptions } from "./front";
import { Handshakes } from "./handshakes";
import { nodeFront } from "./node/node-front";
import { strictFront } from "./strict/strict-front";

/** Connections that may wait to be accepted. */
const BACKLOG = 4096;

type Parser = (tls: TlsMaterial | undefined, limits: LimitSettings, events: FrontEvents) => Clients;

const PARSERS: Readonly<Record<ListenerSettings["front"], Parser>> = { node: nodeFront, strict: strictFront };

/** Opens the port of a listener. @throws Error of the system when it cannot be opened */
export function openFront(
  { address, port, front }: Pick<ListenerSettings, "address" | "port" | "front">,
  tls: TlsMaterial | undefined,
  limits: LimitSettings,
  events: FrontEvents,
): Promise<Front> {
  const clients = PARSERS[front](tls, limits, events);
  const { server } = clients;
  const opened = frontOf(clients, tls && new Handshakes(server as TlsServer));
  server.maxConnections = limits.connections;
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host: address, port, backlog: BACKLOG }, () => {
      server.removeListener("error", reject);
      resolve(opened);
    });
  });
}

function frontOf({ server, closeIdle, cut }: Clients, handshakes: Handshakes | undefined): Front {
  const endIdle = (): void => {
    closeIdle();
    // Whoever is about to begin has no request yet.
    handshakes?.end();
  };
  return {
    address: () => server.address(),
    close: (closed) => {
      server.close(closed);
      endIdle();
    },
    closeIdle: endIdle,
    cut,
    renew: (tls) => (server as TlsServer).setSecureContext(tlsOptions(tls)),
  };
}
