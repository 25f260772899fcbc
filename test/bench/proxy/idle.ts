import { connect, type Socket } from "node:net";
import { medianLatencies } from "./load";
import { type Peer, residentMegabytes } from "./processes";

/** What connections without a request cost. */
export interface Idle {
  /** How many could be opened and are open still. */
  readonly opened: number;
  readonly kilobytes: number;
  /** Median of a request beside them. */
  readonly milliseconds: number;
}

/** Opens connections, sends nothing on them, and sends a few requests beside them. */
export async function idleConnections(peer: Peer, body: Buffer, count: number): Promise<Idle> {
  await medianLatencies([peer], body, 50, 1);
  const before = residentMegabytes(peer.pid);
  const sockets: Socket[] = [];
  while (sockets.length < count) {
    const more = await Promise.all(Array.from({ length: Math.min(500, count - sockets.length) }, () => open(peer.port)));
    sockets.push(...more);
  }
  const milliseconds = (await medianLatencies([peer], body, 50, 1)).get(peer.name) ?? Number.NaN;
  const kilobytes = ((residentMegabytes(peer.pid) - before) * 1024) / count;
  const opened = sockets.filter(({ destroyed, readable }) => !destroyed && readable).length;
  for (const socket of sockets) socket.destroy();
  return { opened, kilobytes, milliseconds };
}

function open(port: number): Promise<Socket> {
  const socket = connect({ host: "127.0.0.1", port });
  socket.on("error", () => undefined);
  return new Promise((resolve) => socket.once("connect", () => resolve(socket)).once("close", () => resolve(socket)));
}
