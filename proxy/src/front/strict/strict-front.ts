import { createServer, type Socket } from "node:net";
import { createServer as createTlsServer, type Server as TlsServer } from "node:tls";
import type { LimitSettings, TlsMaterial } from "../../settings";
import type { FrontEvents } from "../client";
import { type Clients, tlsOptions } from "../front";
import { type ConnectionOwner, StrictConnection, type StrictLimits } from "./strict-connection";

/**
 * A front with an HTTP/1.1 parser of the proxy's own. It knows one spelling of everything that frames a request, refuses all others,
 * and reads nothing behind a request until its answer has left.
 */
export function strictFront(tls: TlsMaterial | undefined, limits: LimitSettings, events: FrontEvents): Clients {
  const connections = new Connections(strictLimits(limits), events);
  const accept = (socket: Socket): void => connections.add(socket);
  const server = tls ? tlsServer(tls, limits, accept) : createServer({ noDelay: true }, accept);
  return { server, closeIdle: () => connections.closeIdle(), cut: () => connections.cut() };
}

function tlsServer(tls: TlsMaterial, { headSeconds }: LimitSettings, accept: (socket: Socket) => void): TlsServer {
  const options = { ...tlsOptions(tls), noDelay: true, handshakeTimeout: headSeconds * 1000, ALPNProtocols: ["http/1.1"] };
  return createTlsServer(options, accept).on("tlsClientError", (_, socket) => socket.destroy());
}

function strictLimits({ headerBytes, headSeconds, bodySeconds, keepAliveSeconds }: LimitSettings): StrictLimits {
  return {
    headBytes: headerBytes,
    headMs: headSeconds * 1000,
    bodyMs: bodySeconds * 1000,
    keepAliveMs: keepAliveSeconds * 1000,
  };
}

/** The open connections of a front, and the clock that ends those that take too long. */
class Connections implements ConnectionOwner {
  private elapsed = 0;
  private readonly open = new Set<StrictConnection>();
  private readonly interval: number;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    readonly limits: StrictLimits,
    readonly events: FrontEvents,
  ) {
    this.interval = Math.max(100, Math.min(1000, limits.headMs / 2));
  }

  /** When it will be looked at the clock again: up to a sweep may have passed since the last time. */
  get now(): number {
    return this.elapsed + this.interval;
  }

  add(socket: Socket): void {
    this.open.add(new StrictConnection(socket, this));
    this.timer ??= setInterval(() => this.sweep(), this.interval).unref();
  }

  closed(connection: StrictConnection): void {
    this.open.delete(connection);
  }

  closeIdle(): void {
    for (const connection of this.open) if (connection.idle) connection.destroy();
  }

  cut(): void {
    for (const connection of this.open) connection.destroy();
  }

  private sweep(): void {
    this.elapsed += this.interval;
    for (const connection of this.open) if (this.elapsed >= connection.deadline) connection.expire();
    if (this.open.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }
}
