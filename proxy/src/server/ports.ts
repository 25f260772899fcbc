import type { Server as TlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { ListenerSettings, LoadedSettings } from "../settings";
import { type ListenerEvents, type ListenerServer, openListener, tlsOptions } from "./listener";

/** The open ports of a proxy, by the name of their listener. */
export class Ports {
  private readonly open = new Map<string, { readonly place: string; readonly server: ListenerServer }>();

  /** @param events what is done with what arrives at a listener */
  constructor(private readonly events: (listener: string) => ListenerEvents) {}

  /**
   * Opens what `loaded` has and is not open yet. All or nothing: when one port cannot be opened, those opened here are closed.
   *
   * @returns takes the ports into use, and closes those that `loaded` has no more
   * @throws Error naming the listener that cannot be opened
   */
  async prepare(loaded: LoadedSettings): Promise<() => void> {
    const opened = new Map<string, { place: string; server: ListenerServer }>();
    try {
      for (const [index, listener] of loaded.settings.listeners.entries()) {
        const place = placeOf(listener);
        if (this.open.get(listener.name)?.place === place) continue;
        opened.set(listener.name, { place, server: await this.listen(loaded, listener, index) });
      }
    } catch (error) {
      for (const { server } of opened.values()) server.close();
      throw error;
    }
    return () => this.take(loaded, opened);
  }

  /** The port of a listener. @throws Error for one that is not open */
  port(listener: string): number {
    const address = this.open.get(listener)?.server.address() as AddressInfo | null | undefined;
    if (!address) throw new Error(`listener ${listener} is not open`);
    return address.port;
  }

  /** Takes no new connections. Resolves when all are closed; idle ones are closed at once. */
  async close(): Promise<void> {
    await Promise.all([...this.open.values()].map(({ server }) => closed(server)));
  }

  /** Closes connections without a request in progress. */
  closeIdle(): void {
    for (const { server } of this.open.values()) server.closeIdleConnections();
  }

  /** Cuts what is still open. */
  cut(): void {
    for (const { server } of this.open.values()) server.closeAllConnections();
  }

  private async listen(loaded: LoadedSettings, listener: ListenerSettings, index: number): Promise<ListenerServer> {
    try {
      return await openListener(listener, loaded.listenerTls[index], loaded.settings.limits, this.events(listener.name));
    } catch (error) {
      const reason = (error as NodeJS.ErrnoException).code ?? "unknown reason";
      throw new Error(`listener ${listener.name} cannot listen on ${listener.address} port ${listener.port}: ${reason}`);
    }
  }

  private take(loaded: LoadedSettings, opened: ReadonlyMap<string, { place: string; server: ListenerServer }>): void {
    const names = new Set(loaded.settings.listeners.map(({ name }) => name));
    for (const [name, { server }] of this.open) {
      if (names.has(name) && !opened.has(name)) continue;
      void closed(server);
      this.open.delete(name);
    }
    for (const [name, entry] of opened) this.open.set(name, entry);
    for (const [index, { name }] of loaded.settings.listeners.entries()) {
      const tls = loaded.listenerTls[index];
      // A renewed certificate: connections that stand keep the one they began with.
      if (tls && !opened.has(name)) (this.open.get(name)?.server as TlsServer | undefined)?.setSecureContext(tlsOptions(tls));
    }
  }
}

/** What cannot be changed while a port is open. */
function placeOf({ address, port, tls }: ListenerSettings): string {
  return `${address} ${port} ${tls ? "tls" : "plain"} ${tls?.clientCaFile ? "client certificates" : ""}`;
}

function closed(server: ListenerServer): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}
