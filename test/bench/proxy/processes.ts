import { type ChildProcess, spawn } from "node:child_process";
import { openSync, readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** A process under test. */
export interface Peer {
  readonly name: string;
  readonly port: number;
  readonly pid: number;
  /** What a client sends as its credential. */
  readonly token: string;
}

const children: ChildProcess[] = [];

/** Starts a process on one core and waits until its port is open. @throws Error when it does not open within ten seconds, or is taken */
export async function startPeer(
  name: string,
  core: number,
  command: readonly string[],
  port: number,
  token: string,
  env: Record<string, string> = {},
): Promise<Peer> {
  if (await isOpen(port)) throw new Error(`port ${port} is taken: has a run before left something behind?`);
  const silent = openSync("/dev/null", "w");
  const child = spawn("taskset", ["-c", String(core), ...command], {
    stdio: ["ignore", silent, 2],
    env: { ...process.env, ...env },
  });
  children.push(child);
  for (let attempt = 0; attempt < 200; attempt++) {
    if (await isOpen(port)) return { name, port, pid: child.pid ?? 0, token };
    await sleep(50);
  }
  throw new Error(`${name} did not open port ${port}`);
}

/** Ends all processes that were started here. */
export function stopPeers(): void {
  for (const child of children.splice(0)) child.kill();
}

/** Seconds of CPU time that a process has used. */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat
    .slice(stat.lastIndexOf(")") + 2)
    .split(" ")
    .map(Number);
  return ((fields[11] ?? 0) + (fields[12] ?? 0)) / 100;
}

/** Forgets the peak of a process's memory. */
export function resetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, "5");
}

/** Most memory that a process had since the last {@link resetPeak}, in MB. */
export function peakMegabytes(pid: number): number {
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;
}

/** Memory of a process now, in MB. */
export function residentMegabytes(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port });
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
