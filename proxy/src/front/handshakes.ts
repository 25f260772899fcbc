import type { Socket } from "node:net";
import type { Server, TLSSocket } from "node:tls";

/** Clients of a TLS server that have not finished their handshake. No front knows them yet, and a server waits for them when it ends. */
export class Handshakes {
  private readonly open = new Map<string, Socket>();

  constructor(server: Server) {
    server.on("connection", (socket: Socket) => {
      const key = placeOf(socket);
      this.open.set(key, socket);
      socket.once("close", () => this.open.delete(key));
    });
    server.on("secureConnection", (socket: TLSSocket) => this.open.delete(placeOf(socket)));
  }

  /** Cuts them. */
  end(): void {
    for (const socket of this.open.values()) socket.destroy();
  }
}

/** A port belongs to one connection of an address at a time. */
function placeOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}
