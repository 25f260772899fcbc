import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { errorCode } from "./atomic-file";
import { isRunning, ownIdentity, type ProcessIdentity } from "./process-identity";

/** A held claim. */
export interface Claim {
  /** False when somebody deleted the folder. */
  isHeld(): boolean;
  release(): void;
}

/**
 * Claims `folder` for this process, unless a running process holds it.
 *
 * Node has no file locks of the system, and removing another's stale lock file races with a third who just took it over.
 * So each claimant writes a file whose name is its own identity, and only then looks for others: of two at once, at
 * least one sees the other and gives way. Names never come again, so files of ended processes are removed by anybody.
 * @returns the claim, or the process that holds it
 */
export function tryClaim(folder: string): Claim | { readonly holder: ProcessIdentity } {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { pid, started } = ownIdentity();
  const name = `${pid}.${started}.${randomUUID()}`;
  writeFileSync(join(folder, name), "", { flag: "wx", mode: 0o600 });
  const claim = { isHeld: () => existsSync(join(folder, name)), release: () => rmSync(join(folder, name), { force: true }) };
  const other = holders(folder, name)[0];
  if (!other) return claim;
  claim.release();
  return { holder: other };
}

/** Running processes with a claim on `folder`; claims of ended ones are removed. `own` is left out. */
export function holders(folder: string, own?: string): ProcessIdentity[] {
  return claimNames(folder).flatMap((name) => {
    const [pid, started] = name.split(".");
    if (name === own || !pid || !started) return [];
    const identity = { pid: Number(pid), started };
    if (isRunning(identity)) return [identity];
    rmSync(join(folder, name), { force: true });
    return [];
  });
}

function claimNames(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    if (errorCode(error) === "ENOENT") return [];
    throw error;
  }
}
