import { readdirSync, readFileSync } from "node:fs";
import { errorCode } from "./atomic-file";
import { isRunning, type ProcessEntry, type ProcessIdentity, processEntry, psEntries } from "./process-identity";

/**
 * The running processes of the group that `leader` led, itself included.
 * A system gives a pid out again only when no group has its number, so what is found belongs to `leader`.
 */
export function groupMembers(leader: ProcessIdentity): ProcessIdentity[] {
  const successor = processEntry(leader.pid);
  if (successor && successor.started !== leader.started) return [];
  return allProcesses().filter((entry) => entry.group === leader.pid && !entry.zombie);
}

/** Sends `signal` to this very process; one that has ended is no error. */
export function signalProcess(identity: ProcessIdentity, signal: NodeJS.Signals): void {
  if (isRunning(identity)) send(identity.pid, signal);
}

/** Ends the whole group at once, whether its leader still runs or not. */
export function killGroup(leader: ProcessIdentity): void {
  if (groupMembers(leader).length > 0) send(-leader.pid, "SIGKILL");
}

/** The environment variable that every part carries; its value is the environment's folder. */
export const MARK = "CDKTF_LITELLM_PART_OF";

/**
 * Group leaders that carry the mark of `root` and are neither `known` nor started by one that is; Linux only.
 * They were started but not recorded, because their supervisor was killed between the two or the record was deleted.
 */
export function strays(root: string, known: readonly ProcessIdentity[]): ProcessIdentity[] {
  if (process.platform !== "linux") return [];
  const table = allProcesses();
  const family = withDescendants(table, known);
  const leaders = table.filter((entry) => entry.group === entry.pid && !entry.zombie && !family.has(entry.pid));
  return leaders.filter((entry) => isMarked(entry.pid, `${MARK}=${root}`));
}

function withDescendants(table: readonly ProcessEntry[], known: readonly ProcessIdentity[]): ReadonlySet<number> {
  const family = new Set(known.filter(isRunning).map(({ pid }) => pid));
  let size = -1;
  while (size !== family.size) {
    size = family.size;
    for (const entry of table) if (family.has(entry.parent)) family.add(entry.pid);
  }
  return family;
}

function isMarked(pid: number, mark: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, "utf8").split("\0").includes(mark);
  } catch {
    return false;
  }
}

function allProcesses(): ProcessEntry[] {
  if (process.platform !== "linux") return psEntries(["-A"]);
  return readdirSync("/proc").flatMap((name) => {
    const entry = /^\d+$/.test(name) ? processEntry(Number(name)) : undefined;
    return entry ? [entry] : [];
  });
}

/** To a process or, with a negative number, to its group; never to the machine's first process, our own group or everybody. */
function send(pid: number, signal: NodeJS.Signals): void {
  if (!Number.isInteger(pid) || Math.abs(pid) <= 1) return;
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (errorCode(error) !== "ESRCH") throw error;
  }
}
