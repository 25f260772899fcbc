import { closeSync, copyFileSync, fstatSync, openSync, readSync, statSync, truncateSync } from "node:fs";
import { join } from "node:path";

/** A log is cut when it is longer, in bytes; one older piece is kept. */
export const LOG_LIMIT = 10 * 1024 * 1024;

/** The log of a part. */
export function logFile(logs: string, part: string): string {
  return join(logs, `${part}.log`);
}

/** Opens a log for a child, which writes into it by itself: so the child does not notice when its supervisor dies. */
export function openLog(path: string): number {
  return openSync(path, "a", 0o600);
}

/**
 * Moves a log that is too long to `<log>.1`. Its writer keeps the file open, so the file is copied and emptied,
 * not renamed; lines written between the two steps are lost.
 */
export function rotateLog(path: string, limit = LOG_LIMIT): void {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) <= limit) return;
  copyFileSync(path, `${path}.1`);
  truncateSync(path, 0);
}

/** The last `count` lines of a log, no more than its last 256 KiB; none where there is no log. */
export function lastLines(path: string, count: number): string[] {
  if (!statSync(path, { throwIfNoEntry: false })) return [];
  const file = openSync(path, "r");
  try {
    const { size } = fstatSync(file);
    const length = Math.min(size, 256 * 1024);
    const text = Buffer.alloc(length);
    readSync(file, text, 0, length, size - length);
    const whole = text.toString("utf8").replace(/\n$/, "");
    return whole && count > 0 ? whole.split("\n").slice(-count) : [];
  } finally {
    closeSync(file);
  }
}
