import { connect as connectTcp, isIP, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { Connection, type ConnectionOwner, type UpstreamTimeouts } from "./connection";
import type { UpstreamEvents } from "./current-request";
import { failure } from "./failure";
import { isRepeatable, sendRepeatable } from "./repeat";
import { requestText, type UpstreamHead } from "./request-text";

/** What the client for the gateway is made from. */
export interface UpstreamOptions {
  /** `http` or `https`, with a path that is put before that of every request. */
  readonly url: string;
  /** The authority that signed the gateway's certificate (PEM), where it is a private one. */
  readonly ca?: string;
  readonly maxConnections: number;
  readonly timeouts: UpstreamTimeouts;
  /**
   * Milliseconds for which an idle connection is kept. Less than the gateway's own time (uvicorn: 5 seconds), or a request may
   * meet a connection that is just being closed, and only a client can know whether it may be sent again. @default 4000
   */
  readonly keepAlive?: number;
  /** @default the machine's */
  readonly clock?: UpstreamClock;
}

/** The time, as far as the client for the gateway needs it. */
export interface UpstreamClock {
  /** Milliseconds that only grow. */
  now(): number;
  /** Calls back at an interval; the result stops it. */
  every(milliseconds: number, call: () => void): () => void;
}

/** A request on its way. */
export interface Exchange {
  /** A piece of the body; false when the caller should wait for `drain`. */
  write(chunk: Buffer): boolean;
  /** The body is complete. */
  end(chunk?: Buffer): void;
  /** Nobody reads `buffer`, of which pieces were written, any more: its memory may be given back once they have left. */
  spent(buffer: Buffer): void;
  /** Nothing more is wanted; no event follows. */
  abort(): void;
  /** No more of the answer for now. */
  pause(): void;
  resume(): void;
}

/** The gateway, as the rest of the proxy sees it. */
export interface Upstream {
  /** Sends a request. Events come later, never before this returns. */
  exchange(head: UpstreamHead, events: UpstreamEvents): Exchange;
  /** For metrics: connections, open and idle. */
  figures(): { readonly connections: number; readonly idle: number };
  /** Refuses new requests, closes idle connections and those in use. */
  close(): Promise<void>;
}

/**
 * What connections read into, one after the other: what has come is dealt with before the next read. A stream would make a
 * buffer of this size for every event of an answer.
 */
const READ_BUFFER: Buffer = Buffer.allocUnsafeSlow(65_536);

function readBytes(received: (bytes: Buffer) => void, count: number): boolean {
  received(READ_BUFFER.subarray(0, count));
  return true;
}

/** How often time is looked at. All limits are seconds, so a quarter of one is exact enough, and a timer for each request is not needed. */
const SWEEP = 250;
const KEEP_ALIVE = 4000;

/**
 * An HTTP/1.1 client for one gateway. It exists because `http.request` costs more time than all the rest of the proxy, and
 * because the proxy wants its own strict reading of answers.
 *
 * A request that failed is not sent again, because most of them cost money; only one that changes nothing is, and only when a kept
 * connection turns out to be closed.
 */
export function createUpstream(options: UpstreamOptions): Upstream {
  return new ConnectionPool(options);
}

class ConnectionPool implements Upstream, ConnectionOwner {
  private readonly url: URL;
  private readonly host: string;
  private readonly basePath: string;
  private readonly clock: UpstreamClock;
  private readonly open = new Set<Connection>();
  /** The last one used is taken first, so that those not needed grow old and close. */
  private readonly idle: Connection[] = [];
  private readonly stopSweep: () => void;
  private closing = false;

  constructor(private readonly options: UpstreamOptions) {
    this.url = new URL(options.url);
    this.host = this.url.host;
    this.basePath = this.url.pathname.replace(/\/$/, "");
    this.clock = options.clock ?? machineClock;
    this.stopSweep = this.clock.every(SWEEP, () => this.sweep());
  }

  exchange(head: UpstreamHead, events: UpstreamEvents): Exchange {
    if (this.idle.length === 0 || !isRepeatable(head)) return this.send(head, events, false);
    return sendRepeatable(events, (told, fresh) => this.send(head, told, fresh));
  }

  /** @param fresh on a new connection, whatever is kept */
  private send(head: UpstreamHead, events: UpstreamEvents, fresh: boolean): Exchange {
    const text = requestText(head, this.host, this.basePath);
    const problem = this.closing ? "upstream_closed" : "upstream_busy";
    const changing = head.upgrade !== undefined;
    const connection = this.closing ? undefined : this.acquire(changing, fresh || changing);
    if (!connection) return refused(() => events.failed(failure(problem)));
    connection.begin(head.method, text, head.length < 0, changing, events);
    if (changing || head.length === 0) connection.endRequest();
    return new ConnectionExchange(connection);
  }

  figures(): { readonly connections: number; readonly idle: number } {
    return { connections: this.open.size, idle: this.idle.length };
  }

  async close(): Promise<void> {
    this.closing = true;
    this.stopSweep();
    for (const connection of [...this.open]) connection.fail("upstream_closed");
  }

  now(): number {
    return this.clock.now();
  }

  released(connection: Connection): void {
    this.idle.push(connection);
  }

  closed(connection: Connection): void {
    this.open.delete(connection);
    const position = this.idle.lastIndexOf(connection);
    if (position >= 0) this.idle.splice(position, 1);
  }

  /**
   * @param changing the connection is to change its protocol: it must be a stream, which others are not
   * @param fresh a new one, whatever is kept
   */
  private acquire(changing: boolean, fresh: boolean): Connection | undefined {
    const known = fresh ? undefined : this.idle.pop();
    if (fresh && this.open.size >= this.options.maxConnections) this.idle.at(-1)?.fail("upstream_closed");
    if (known || this.open.size >= this.options.maxConnections) return known;
    const secure = this.url.protocol === "https:";
    const connection: Connection = new Connection(
      this.connect(secure, changing ? undefined : (bytes) => connection.received(bytes)),
      this,
      secure ? "secureConnect" : "connect",
      !secure && !changing,
    );
    this.open.add(connection);
    return connection;
  }

  private connect(secure: boolean, received: ((bytes: Buffer) => void) | undefined): Socket {
    const host = this.url.hostname.replace(/^\[|\]$/g, "");
    const port = Number(this.url.port) || (secure ? 443 : 80);
    if (!secure) {
      const onread = received && { buffer: READ_BUFFER, callback: (count: number) => readBytes(received, count) };
      return connectTcp({ host, port, noDelay: true, keepAlive: true, ...(onread && { onread }) });
    }
    const { ca } = this.options;
    const name = isIP(host) ? {} : { servername: host };
    const socket = connectTls({
      host,
      port,
      ...name,
      ...(ca !== undefined && { ca }),
      ALPNProtocols: ["http/1.1"],
      minVersion: "TLSv1.2",
    });
    return socket.setNoDelay(true).setKeepAlive(true);
  }

  private sweep(): void {
    for (const connection of [...this.open]) connection.checkTime(this.options.timeouts, this.options.keepAlive ?? KEEP_ALIVE);
  }
}

/** Commands of an exchange whose connection already serves another request must not reach that one. */
class ConnectionExchange implements Exchange {
  private readonly turn: number;

  constructor(private readonly connection: Connection) {
    this.turn = connection.turn;
  }

  write(chunk: Buffer): boolean {
    return !this.mine || this.connection.write(chunk);
  }

  end(chunk?: Buffer): void {
    if (this.mine) this.connection.endRequest(chunk);
  }

  spent(buffer: Buffer): void {
    this.connection.spent(buffer);
  }

  abort(): void {
    if (this.mine) this.connection.abort();
  }

  pause(): void {
    if (this.mine) this.connection.pause();
  }

  resume(): void {
    if (this.mine) this.connection.resume();
  }

  private get mine(): boolean {
    return this.connection.turn === this.turn;
  }
}

function refused(tell: () => void): Exchange {
  let aborted = false;
  setImmediate(() => {
    if (!aborted) tell();
  });
  return {
    write: () => true,
    end: () => undefined,
    spent: () => undefined,
    abort: () => {
      aborted = true;
    },
    pause: () => undefined,
    resume: () => undefined,
  };
}

const machineClock: UpstreamClock = {
  now: () => performance.now(),
  every: (milliseconds, call) => {
    const timer = setInterval(call, milliseconds);
    timer.unref();
    return () => clearInterval(timer);
  },
};
