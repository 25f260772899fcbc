import type { AddressInfo } from "node:net";
import { type Front, type FrontEvents, openFront } from "../front";
import type { ListenerSettings, LoadedSettings } from "../settings";

/** Ports that are open, and not in use yet. */
export interface Prepared {
  /** Takes them into use, and closes those that the settings have no more. */
  take(): void;
  /** Closes them again. */
  drop(): void;
}

/** The open ports of a proxy, by the name of their listener. */
export class Ports {
  private readonly open = new Map<string, { readonly place: string; readonly front: Front }>();
  /** Fronts of listeners that are gone, until their last connection is closed. */
  private readonly gone = new Set<Front>();

  /** @param events what is done with what arrives at a listener */
  constructor(private readonly events: (listener: string) => FrontEvents) {}

  /**
   * Opens what `loaded` has and is not open yet. All or nothing: when one port cannot be opened, those opened here are closed.
   *
   * @throws Error naming the listener that cannot be opened
   */
  async prepare(loaded: LoadedSettings): Promise<Prepared> {
    const opened = new Map<string, { place: string; front: Front }>();
    const drop = (): void => {
      for (const { front } of opened.values()) front.close();
    };
    try {
      for (const [index, listener] of loaded.settings.listeners.entries()) {
        const place = placeOf(listener);
        if (this.open.get(listener.name)?.place === place) continue;
        opened.set(listener.name, { place, front: await this.listen(loaded, listener, index) });
      }
    } catch (error) {
      drop();
      throw error;
    }
    return { take: () => this.take(loaded, opened), drop };
  }

  /** The port of a listener. @throws Error for one that is not open */
  port(listener: string): number {
    const address = this.open.get(listener)?.front.address() as AddressInfo | null | undefined;
    if (!address) throw new Error(`listener ${listener} is not open`);
    return address.port;
  }

  /** Takes no new connections. Resolves when all are closed; idle ones are closed at once. */
  async close(): Promise<void> {
    await Promise.all([...this.fronts()].map(closed));
  }

  /** Closes connections without a request in progress. */
  closeIdle(): void {
    for (const front of this.fronts()) front.closeIdle();
  }

  /** Cuts what is still open. */
  cut(): void {
    for (const front of this.fronts()) front.cut();
  }

  private fronts(): Front[] {
    return [...[...this.open.values()].map(({ front }) => front), ...this.gone];
  }

  private retire(front: Front): void {
    this.gone.add(front);
    front.close(() => this.gone.delete(front));
  }

  private async listen(loaded: LoadedSettings, listener: ListenerSettings, index: number): Promise<Front> {
    try {
      return await openFront(listener, loaded.listenerTls[index], loaded.settings.limits, this.events(listener.name));
    } catch (error) {
      const reason = (error as NodeJS.ErrnoException).code ?? "unknown reason";
      throw new Error(`listener ${listener.name} cannot listen on ${listener.address} port ${listener.port}: ${reason}`);
    }
  }

  private take(loaded: LoadedSettings, opened: ReadonlyMap<string, { place: string; front: Front }>): void {
    const names = new Set(loaded.settings.listeners.map(({ name }) => name));
    for (const [name, { front }] of this.open) {
      if (names.has(name) && !opened.has(name)) continue;
      this.retire(front);
      this.open.delete(name);
    }
    for (const [name, entry] of opened) this.open.set(name, entry);
    for (const [index, { name }] of loaded.settings.listeners.entries()) {
      const tls = loaded.listenerTls[index];
      // A renewed certificate: connections that stand keep the one they began with.
      if (tls && !opened.has(name)) this.open.get(name)?.front.renew(tls);
    }
  }
}

/** What cannot be changed while a port is open. */
function placeOf({ address, port, front, tls }: ListenerSettings): string {
  return `${address} ${port} ${front} ${tls ? "tls" : "plain"} ${tls?.clientCaFile ? "client certificates" : ""}`;
}

function closed(front: Front): Promise<void> {
  return new Promise((resolve) => front.close(resolve));
}
