import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { connect, createServer } from "node:net";
import { LocalError } from "./local-error";
import { errorCode } from "./supervisor/atomic-file";
import { type Clock, until } from "./supervisor/clock";
import { groupMembers } from "./supervisor/process-group";
import type { Records } from "./supervisor/records";

/** A port that a part is about to listen on, and the setting that says so. */
export interface PortUse {
  readonly port: number;
  /** As the environment file spells it. */
  readonly setting: string;
}

/** The system takes a moment to free the ports of a killed process. Milliseconds. */
const PATIENCE = 1000;

/**
 * Makes sure that no other program holds the ports; one that is held by a running part of this environment is fine.
 * @throws LocalError with the port, its holder where the system tells, and the setting to change
 */
export async function assertPortsFree(uses: readonly PortUse[], records: Records, clock: Clock): Promise<void> {
  const [first, second] = uses;
  if (first && second && first.port === second.port) {
    throw new LocalError(
      `${first.setting} and ${second.setting} are both ${first.port}`,
      `set ${second.setting} to another port`,
    );
  }
  const own = new Set(
    Object.values(records).flatMap(({ identity, port, otherPorts = [] }) =>
      identity && groupMembers(identity).length > 0 ? [port, ...otherPorts] : [],
    ),
  );
  for (const { port, setting } of uses) {
    if (own.has(port)) continue;
    const free = await until(clock, PATIENCE, async () => ((await portProblem(port)) ? undefined : true));
    const problem = free ? undefined : await portProblem(port);
    if (problem)
      throw new LocalError(`port ${port} (${setting}) ${problem}`, `set ${setting} to a free port, or end that program`);
  }
}

/** Why this machine's `port` cannot be listened on, such as "is in use by process 12 (nginx)"; undefined when it can. */
export async function portProblem(port: number): Promise<string | undefined> {
  const code = await bindError(port);
  if (code === "EACCES") return "needs more rights than this user has";
  if (code === undefined && !(await answers(port))) return undefined;
  const holder = portHolder(port);
  return holder ? `is in use by process ${holder.pid} (${holder.command})` : "is in use by another program";
}

/** Who listens on `port`, where Linux lets this user see it. The program's name alone: arguments may hold secrets. */
export function portHolder(port: number): { readonly pid: number; readonly command: string } | undefined {
  const sockets = new Set(["/proc/net/tcp", "/proc/net/tcp6"].flatMap((table) => listeningSockets(table, port)));
  if (sockets.size === 0) return undefined;
  const pid = list("/proc").find((name) => /^\d+$/.test(name) && holdsSocket(name, sockets));
  return pid === undefined ? undefined : { pid: Number(pid), command: readFileSync(`/proc/${pid}/comm`, "utf8").trim() };
}

function bindError(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error) => resolve(errorCode(error) ?? "unknown"));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}

/** Some systems let a second program listen on 127.0.0.1 while another listens on all addresses. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    const finish = (open: boolean): void => {
      socket.destroy();
      resolve(open);
    };
    socket.once("connect", () => finish(true));
    socket.once("error", () => finish(false));
  });
}

/** Inodes of the sockets that listen on `port`: columns "local address" (hexadecimal), "st" (0A: listening) and "inode". */
function listeningSockets(table: string, port: number): string[] {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  return read(table)
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .flatMap((columns) => (columns[1]?.endsWith(suffix) && columns[3] === "0A" && columns[9] ? [columns[9]] : []));
}

function holdsSocket(pid: string, sockets: ReadonlySet<string>): boolean {
  return list(`/proc/${pid}/fd`).some((name) => {
    const inode = /^socket:\[(\d+)\]$/.exec(link(`/proc/${pid}/fd/${name}`))?.[1];
    return inode !== undefined && sockets.has(inode);
  });
}

function read(path: string): string {
  return quietly(() => readFileSync(path, "utf8"), "");
}

function list(path: string): string[] {
  return quietly(() => readdirSync(path), []);
}

function link(path: string): string {
  return quietly(() => readlinkSync(path), "");
}

/** Processes come and go, and those of other users do not let us look: both mean that there is nothing to tell. */
function quietly<T>(look: () => T, otherwise: T): T {
  try {
    return look();
  } catch {
    return otherwise;
  }
}
