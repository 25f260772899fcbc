import type { Duplex } from "node:stream";
import { LineWriter, type TextSink } from "../audit";
import { fetchText } from "../identity";
import { type Labels, ProxyMetrics, type Sample } from "../metrics";
import type { LoadedSettings } from "../settings";
import { endOfTurn } from "../turn";
import { createUpstream, type Upstream } from "../upstream";
import type { Clock } from "./clock";
import { Deadlines } from "./deadlines";
import { type Ending, Generation, type Shared } from "./generation";
import { handleRequest } from "./handler";
import { Ports } from "./ports";
import type { Service } from "./service";
import { Uploads } from "./uploads";
import { handleUpgrade } from "./websocket";

/** How often sources that are not ready are tried again, in milliseconds. */
const RETRY_MS = 2000;
/** How often connections that have become idle are looked for while the proxy ends, in milliseconds. */
const IDLE_MS = 50;

/** Turns of the event loop within which the end of a connection is told to all that wait for it. */
const MOST_TURNS = 100;

/** How often it is looked whether the last request of settings that are gone has ended, in milliseconds. */
const RETIRE_MS = 250;

/** A running proxy: its ports, and the settings that requests are judged by. */
export class IdentityProxy {
  readonly metrics = new ProxyMetrics();
  private readonly lines: LineWriter;
  private readonly shared: Shared;
  private readonly ports: Ports;
  private service: Service;
  private readonly tunnels = new Set<Duplex>();
  private readonly uploads = new Uploads();
  private readonly deadlines = new Deadlines();
  private readonly ending: Ending = { cut: false };
  private retry: NodeJS.Timeout | undefined;

  /**
   * @param audit where audit lines go
   * @param clock time and ids
   */
  constructor(loaded: LoadedSettings, audit: TextSink, clock: Clock) {
    this.lines = new LineWriter(audit);
    const { metrics, lines, ending } = this;
    this.shared = { clock, metrics, lines, ending, fetch: (ca) => (url) => fetchText(url, { ca }) };
    this.service = this.serviceOf(loaded);
    this.ports = new Ports((listener) => ({
      request: (request, response) => handleRequest(this.service, listener, request, response),
      upgrade: (request, response, socket, head) => {
        // Node's own list of connections does not have those that changed their protocol.
        this.tunnels.add(socket);
        socket.once("close", () => this.tunnels.delete(socket));
        handleUpgrade(this.service, listener, request, response, socket, head);
      },
    }));
  }

  /**
   * Opens the ports and fetches what identities are verified with. Keys that cannot be had yet are tried for again.
   *
   * @throws Error when a port cannot be opened
   */
  async start(): Promise<void> {
    const ports = await this.ports.prepare(this.service.generation.loaded);
    if (this.service.draining) ports.drop();
    else ports.take();
    await this.service.generation.start();
    if (this.service.draining) return;
    this.retry = setInterval(() => void this.service.generation.start(), RETRY_MS);
    this.retry.unref();
  }

  /** Where a listener listens: of use where the settings name port 0. @throws Error for a listener that is not open */
  port(listener: string): number {
    return this.ports.port(listener);
  }

  /**
   * Takes new settings: everything that follows from them is made first, and requests are judged by them only when all of it
   * stands. Requests in progress end as they began.
   *
   * @throws Error when a port cannot be opened, or the proxy ends; the settings before stay in force
   */
  async reload(loaded: LoadedSettings): Promise<void> {
    const before = this.service;
    const ports = await this.ports.prepare(loaded);
    const after = this.serviceOf(loaded, before);
    await after.generation.start();
    if (this.service.draining) {
      ports.drop();
      after.generation.stop();
      throw new Error("the proxy is ending");
    }
    this.service = after;
    ports.take();
    before.generation.stop();
    if (after.upstream !== before.upstream) retire(before.upstream);
  }

  /** Why requests cannot be served now. */
  notReady(): string[] {
    if (this.service.draining) return ["draining"];
    return this.service.generation.notReady();
  }

  samples(): Sample[] {
    const { generation, upstream } = this.service;
    const { connections, idle } = upstream.figures();
    const connection = (state: string, value: number): [Labels, number] => [{ state }, value];
    return this.metrics.samples(() => [
      ...generation.figures(),
      {
        name: "identity_proxy_gateway_connections",
        help: "Connections to the gateway.",
        values: [connection("busy", connections - idle), connection("idle", idle)],
      },
      {
        name: "identity_proxy_uploads_in_progress",
        help: "Bodies over 64 KiB on their way.",
        values: [[{}, this.uploads.active]],
      },
    ]);
  }

  /** Takes no new connections, lets requests in progress end for `drainSeconds`, then cuts what is left. */
  async stop(): Promise<void> {
    clearInterval(this.retry);
    const { generation, upstream } = this.service;
    this.service = { ...this.service, draining: true };
    const cut = setTimeout(() => this.cut(), generation.loaded.settings.drainSeconds * 1000);
    const idle = setInterval(() => this.ports.closeIdle(), IDLE_MS);
    await this.ports.close();
    clearTimeout(cut);
    clearInterval(idle);
    generation.stop();
    await this.settled();
    await upstream.close();
    await endOfTurn();
    this.lines.flush();
  }

  /** A port is closed before the last of its connections has told that it is: only then are the requests on it recorded. */
  private async settled(): Promise<void> {
    for (let turn = 0; turn < MOST_TURNS && this.metrics.active > 0; turn++) await endOfTurn();
  }

  private cut(): void {
    this.ending.cut = true;
    this.ports.cut();
    for (const socket of this.tunnels) socket.destroy();
  }

  private serviceOf(loaded: LoadedSettings, before?: Service): Service {
    const same = before && sameConnections(before.generation.loaded, loaded);
    const upstream = same ? before.upstream : upstreamOf(loaded);
    const { uploads, deadlines } = this;
    return { generation: new Generation(loaded, this.shared), upstream, draining: false, uploads, deadlines };
  }
}

function upstreamOf({ settings, upstreamCa }: LoadedSettings): Upstream {
  const { url, maxConnections, timeouts } = settings.upstream;
  return createUpstream({
    url,
    ...(upstreamCa !== undefined && { ca: upstreamCa }),
    maxConnections,
    timeouts: {
      connect: timeouts.connectSeconds * 1000,
      headers: timeouts.headersSeconds * 1000,
      idle: timeouts.idleSeconds * 1000,
      total: timeouts.totalSeconds * 1000,
    },
  });
}

/** Whether connections to the gateway can be kept over a reload. */
function sameConnections(before: LoadedSettings, after: LoadedSettings): boolean {
  const relevant = ({ settings: { upstream }, upstreamCa }: LoadedSettings): string =>
    JSON.stringify([upstream.url, upstream.maxConnections, upstream.timeouts, upstreamCa]);
  return relevant(before) === relevant(after);
}

/** Closes a client that gets no new requests, once the last one has ended. */
function retire(upstream: Upstream): void {
  const timer = setInterval(() => {
    const { connections, idle } = upstream.figures();
    if (connections > idle) return;
    clearInterval(timer);
    void upstream.close();
  }, RETIRE_MS);
  timer.unref();
}
