import type { EventEmitter } from "node:events";

/** Calls back with a sentence when audit lines cannot be written any more: without them nothing is served. */
export function onAuditLost(output: Pick<EventEmitter, "on">, callback: (what: string) => void): void {
  output.on("error", ({ code, message }: NodeJS.ErrnoException) =>
    callback(`audit lines can no longer be written: ${code ?? message}`),
  );
}
