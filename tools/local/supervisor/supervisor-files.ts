import { rmSync } from "node:fs";
import { join } from "node:path";
import { readIfThere, readJson, writeAtomically } from "./atomic-file";
import { isRunning, type ProcessIdentity, startField } from "./process-identity";
import { SUPERVISOR } from "./shapes";

/** What a supervisor says about itself. */
export interface SupervisorRecord extends ProcessIdentity {
  /** The program that it runs, with its version; another one replaces it. */
  readonly program: string;
  /** Keyed hashes of the secrets that were handed to it, by name. */
  readonly handed: Readonly<Record<string, string>>;
  /** Milliseconds. */
  readonly startedAt: number;
}

const FILES = { record: "supervisor.json", pid: "supervisor.pid", start: "supervisor.start", heartbeat: "heartbeat" };

/** Announces a supervisor. `supervisor.pid` and `supervisor.start` are for Terraform, which compares them with `/proc/PID/stat`. */
export function announceSupervisor(run: string, record: SupervisorRecord): void {
  writeAtomically(join(run, FILES.start), `${startField(record)}\n`);
  writeAtomically(join(run, FILES.pid), `${record.pid}\n`);
  writeAtomically(join(run, FILES.record), `${JSON.stringify(record, undefined, 2)}\n`);
}

/** Says that the supervisor is at work. `now` in milliseconds, written as RFC 3339 in UTC. */
export function writeHeartbeat(run: string, now: number): void {
  writeAtomically(join(run, FILES.heartbeat), `${new Date(now).toISOString()}\n`);
}

/** A heartbeat comes every 2 s; a supervisor without one for so long does nothing any more. Milliseconds, as Terraform counts. */
const HEARTBEAT_LIFETIME = 30_000;

/** The process of an environment's supervisor, at work or not, told by its identity and not by what its files claim. */
export function supervisorProcess(run: string): SupervisorRecord | undefined {
  const record = readJson(join(run, FILES.record), SUPERVISOR);
  return record && isRunning(record) ? record : undefined;
}

/** The supervisor that is at work: its process may exist without doing anything, stopped by SIGSTOP for one. `now` in milliseconds. */
export function runningSupervisor(run: string, now = Date.now()): SupervisorRecord | undefined {
  const record = supervisorProcess(run);
  if (!record) return undefined;
  const heartbeat = Date.parse(readIfThere(join(run, FILES.heartbeat))?.trim() ?? "") || 0;
  return now - Math.max(heartbeat, record.startedAt) > HEARTBEAT_LIFETIME ? undefined : record;
}

/** Takes the announcement back. */
export function removeSupervisorFiles(run: string): void {
  for (const file of Object.values(FILES)) rmSync(join(run, file), { force: true });
}

/** Names one roll-out of the environment: what `up` was last given, so that Terraform sees whether it was its own. */
export function readGeneration(run: string): string | undefined {
  return readIfThere(join(run, "generation"))?.trim() || undefined;
}

export function writeGeneration(run: string, generation: string): void {
  writeAtomically(join(run, "generation"), `${generation}\n`);
}

/** The claim that exactly one supervisor holds. */
export function supervisorClaim(run: string): string {
  return join(run, "supervisor.lock");
}
