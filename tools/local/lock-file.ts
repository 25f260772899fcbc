import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout } from "node:timers/promises";
import { LocalError } from "./local-error";

/** What `withLock` needs from outside. */
export interface LockTools {
  /** Waits a moment, until the next look. */
  readonly pause: () => Promise<unknown>;
  /** Called once when the lock is held by another process. */
  readonly onWait: (pid: number) => void;
}

const PAUSE_MILLISECONDS = 500;
/** 30 minutes: longer than any installation takes. */
const MOST_PAUSES = 3600;

/**
 * Runs `work` while no other process runs work under the same lock file. The file holds the process id of its owner, so a
 * lock whose owner was killed is taken over.
 * @throws LocalError when the other process does not finish
 */
export async function withLock<T>(file: string, work: () => Promise<T>, tools: Partial<LockTools> = {}): Promise<T> {
  const { pause = () => setTimeout(PAUSE_MILLISECONDS), onWait } = tools;
  mkdirSync(dirname(file), { recursive: true });
  for (let pauses = 0; !take(file); pauses++) {
    const owner = ownerOf(file);
    if (owner === undefined) continue;
    if (pauses === 0) onWait?.(owner);
    if (pauses === MOST_PAUSES) {
      throw new LocalError(`process ${owner} holds ${file} and does not finish`, `end process ${owner}, then try again`);
    }
    await pause();
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

/** Makes the lock file, together with what is in it, unless there is one. */
function take(file: string): boolean {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${process.pid}\n`);
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** The living process that holds the lock; a lock without one is removed. */
function ownerOf(file: string): number | undefined {
  const text = readText(file);
  if (text === undefined) return undefined;
  const pid = Number(text);
  if (pid > 0 && isAlive(pid)) return pid;
  removeDeadLock(file, text);
  return undefined;
}

/** Another process may have taken the lock over since it was read as `text`: then it is put back. */
function removeDeadLock(file: string, text: string): void {
  const aside = `${file}.${process.pid}.dead`;
  try {
    renameSync(file, aside);
    if (readText(aside) !== text) linkSync(aside, file);
  } catch (error) {
    if (!["ENOENT", "EEXIST"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  }
  rmSync(aside, { force: true });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** The text of a file; undefined where there is none. */
export function readText(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
