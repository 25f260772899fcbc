import type { ListenerSettings, Settings } from "../settings";

/** Limits that stay as they were when the process started. */
const LIMITS = ["connections", "headerBytes", "headSeconds", "bodySeconds", "keepAliveSeconds"] as const;

/** All settings that stay as they were when the process started. */
const AT_START: readonly (readonly [name: string, read: (settings: Settings) => unknown])[] = [
  ["operations.address", ({ operations }) => operations.address],
  ["operations.port", ({ operations }) => operations.port],
  ["workers", ({ workers }) => workers],
  ...LIMITS.map((name) => [`limits.${name}`, ({ limits }: Settings) => limits[name]] as const),
];

/** Names of the settings that a reload leaves as they were when the process started. */
export function leftForRestart(atStart: Settings, now: Settings): string[] {
  return AT_START.filter(([, read]) => read(atStart) !== read(now)).map(([name]) => name);
}

/** New settings with those of the start in the places that a reload leaves: a worker that follows must serve as the others do. */
export function withWhatStays(atStart: Settings, now: Settings): Settings {
  const kept = Object.fromEntries(LIMITS.map((name) => [name, atStart.limits[name]]));
  const limits = { ...now.limits, ...kept };
  return { ...now, operations: atStart.operations, workers: atStart.workers, limits };
}

/** What a port is opened for. */
const AT_OPENING: Readonly<Record<string, (listener: ListenerSettings) => unknown>> = {
  name: ({ name }) => name,
  front: ({ front }) => front,
  tls: ({ tls }) => tls !== undefined,
  "tls.clientCaFile": ({ tls }) => tls?.clientCaFile !== undefined,
};

/**
 * A port that is open cannot be opened once more for something else.
 *
 * @throws Error naming the listener, and what of it would need that
 */
export function refuseWhatIsOpen(inForce: Settings, next: Settings): void {
  for (const listener of next.listeners) {
    const open = inForce.listeners.find((each) => samePlace(each, listener));
    if (!open || listener.port === 0) continue;
    for (const [what, read] of Object.entries(AT_OPENING)) {
      if (read(open) !== read(listener)) throw new Error(`${what} of listener ${open.name} needs a restart`);
    }
  }
}

function samePlace(one: ListenerSettings, other: ListenerSettings): boolean {
  return one.address === other.address && one.port === other.port;
}
