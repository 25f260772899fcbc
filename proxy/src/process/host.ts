import type { LoadResult } from "../settings";

/** What the process is given by the machine: the seam that tests replace. */
export interface Host {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
  /** Reads the settings, with the secrets that they refer to. */
  load(): LoadResult;
  /** Calls back on SIGHUP, and when the settings file changes. */
  onReload(callback: () => void): void;
  /** Calls back once, on SIGTERM or SIGINT. */
  onStop(callback: () => void): void;
}
