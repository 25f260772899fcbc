import type { LimitSettings, ListenerSettings, TlsMaterial } from "../settings";
import type { FrontEvents } from "./client";
import type { Front } from "./front";
import { nodeFront } from "./node/node-front";

/** Connections that may wait to be accepted. */
const BACKLOG = 4096;

/** Opens the port of a listener. @throws Error of the system when it cannot be opened */
export function openFront(
  { address, port }: Pick<ListenerSettings, "address" | "port">,
  tls: TlsMaterial | undefined,
  limits: LimitSettings,
  events: FrontEvents,
): Promise<Front> {
  const made = nodeFront(tls, limits, events);
  const { server } = made;
  server.maxConnections = limits.connections;
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host: address, port, backlog: BACKLOG }, () => {
      server.removeListener("error", reject);
      resolve(made.front);
    });
  });
}
