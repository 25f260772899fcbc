import { unwatchFile, watchFile } from "node:fs";

/** How often the settings file is looked at, in milliseconds. Polling sees what a Kubernetes volume does: links are exchanged. */
const LOOK_MS = 2000;

/** Calls back on SIGHUP and when the file changes. Several in a row are one after the other the caller's business. */
export function onReload(file: string, callback: () => void): void {
  process.on("SIGHUP", callback);
  watchFile(file, { interval: LOOK_MS, persistent: false }, (now, before) => {
    if (now.mtimeMs !== before.mtimeMs || now.ino !== before.ino) callback();
  });
}

/** Calls back once, on SIGTERM or SIGINT; the second of them ends the process at once. */
export function onStop(file: string, callback: () => void): void {
  let asked = false;
  const stop = (): void => {
    if (asked) process.exit(1);
    asked = true;
    unwatchFile(file);
    callback();
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}
