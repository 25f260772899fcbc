import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** A process, told apart from a later one that was given the same pid. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, as the system says it; fit for a file name. */
  readonly started: string;
}

/** One line of the process table. */
export interface ProcessEntry extends ProcessIdentity {
  readonly parent: number;
  /** Process group. */
  readonly group: number;
  /** Ended, and only kept until its parent asks for its exit status. */
  readonly zombie: boolean;
}

/** What the process table says about `pid`; undefined when there is no such process. */
export function processEntry(pid: number): ProcessEntry | undefined {
  return process.platform === "linux" ? linuxEntry(pid) : psEntries(["-p", String(pid)])[0];
}

/** The identity of a running process; undefined when it has ended (a zombie has). */
export function identify(pid: number): ProcessIdentity | undefined {
  const entry = processEntry(pid);
  return entry && !entry.zombie ? { pid, started: entry.started } : undefined;
}

/** Whether this very process still runs. */
export function isRunning(identity: ProcessIdentity): boolean {
  const found = identify(identity.pid);
  return found !== undefined && found.started === identity.started;
}

/** This process. @throws Error where the system hides its own processes from it */
export function ownIdentity(): ProcessIdentity {
  const identity = identify(process.pid);
  if (!identity) throw new Error(`this system does not tell when process ${process.pid} started`);
  return identity;
}

/** The start time alone: on Linux field 22 of `/proc/PID/stat`, in clock ticks since the machine started. */
export function startField(identity: ProcessIdentity): string {
  return process.platform === "linux" ? (identity.started.split("-")[0] ?? "") : identity.started;
}

/** `ps` for systems without `/proc`. */
export function psEntries(selection: readonly string[]): ProcessEntry[] {
  let table: string;
  try {
    const env = { PATH: "/bin:/usr/bin", LC_ALL: "C" };
    const columns = "pid=,ppid=,pgid=,stat=,lstart=";
    table = execFileSync("ps", ["-o", columns, ...selection], { encoding: "utf8", env, stdio: ["ignore", "pipe", "ignore"] });
  } catch {
    return [];
  }
  return table.split("\n").flatMap((line) => {
    const [, pid, parent, group, state, started] = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(.+?)\s*$/.exec(line) ?? [];
    if (!pid || !state || !started) return [];
    const numbers = { pid: Number(pid), parent: Number(parent), group: Number(group) };
    return [{ ...numbers, zombie: state.startsWith("Z"), started: started.replace(/\W+/g, "-") }];
  });
}

function linuxEntry(pid: number): ProcessEntry | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return undefined;
  }
  // The second field is the program's name in brackets and may hold anything, brackets too; counting starts after it.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [state, parent, group] = fields;
  const ticks = fields[22 - 3];
  if (!state || !ticks) return undefined;
  const numbers = { pid, parent: Number(parent), group: Number(group) };
  return { ...numbers, zombie: state === "Z" || state === "X", started: `${ticks}-${bootId()}` };
}

let boot: string | undefined;

/** Ticks count from the machine's start, so the same pid and tick may come again after a restart of the machine. */
function bootId(): string {
  boot ??= readBootId();
  return boot;
}

function readBootId(): string {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").slice(0, 8);
  } catch {
    return "0";
  }
}
