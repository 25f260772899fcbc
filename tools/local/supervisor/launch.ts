import { type ChildProcess, spawn } from "node:child_process";
import { closeSync } from "node:fs";
import type { LocalFolders } from "../folders";
import { LocalError } from "../local-error";
import { errorCode } from "./atomic-file";
import { type Clock, until } from "./clock";
import { lastLines, logFile, openLog } from "./log-file";
import { killGroup, signalProcess } from "./process-group";
import { isRunning } from "./process-identity";
import type { SupervisorProgram } from "./program";
import { keyedHash } from "./spec-hash";
import { runningSupervisor, type SupervisorRecord, supervisorProcess } from "./supervisor-files";
import { HANDED_PREFIX, SUPERVISOR_SELF } from "./wanted";

/** What a supervisor is started with. */
export interface Launch {
  readonly folders: LocalFolders;
  readonly program: SupervisorProgram;
  /** Secrets that are in no file: they go through the supervisor's environment, never through the disk. */
  readonly handed: Readonly<Record<string, string>>;
  /** Key of the hashes that tell whether a secret changed. */
  readonly hashKey: string;
  /** Of the caller. */
  readonly environment: NodeJS.ProcessEnv;
  readonly clock: Clock;
}

const START_LIMIT = 20_000;
const STAND_DOWN_LIMIT = 10_000;

/**
 * Ends a supervisor that does nothing any more, or has other secrets or another program, before it is told what is wanted now: it would start parts
 * with the old ones. The parts go on meanwhile and are adopted by the next one.
 */
export async function retireUnfitSupervisor(launch: Launch): Promise<void> {
  const running = supervisorProcess(launch.folders.run);
  if (!running) return;
  // One that does nothing any more hears nothing either.
  if (!runningSupervisor(launch.folders.run)) return await endAtOnce(running, launch.clock);
  if (isFit(running, launch)) return;
  signalProcess(running, "SIGUSR2");
  const gone = await until(launch.clock, STAND_DOWN_LIMIT, () => !isRunning(running) || undefined);
  if (!gone) await endAtOnce(running, launch.clock);
}

/** The supervisor alone: its parts have groups of their own. */
async function endAtOnce(supervisor: SupervisorRecord, clock: Clock): Promise<void> {
  killGroup(supervisor);
  await until(clock, STAND_DOWN_LIMIT, () => !isRunning(supervisor) || undefined);
}

/**
 * Makes sure that a supervisor runs, and that it looks at the wanted state now.
 * @throws LocalError with the end of its log when it does not start
 */
export async function ensureSupervisor(launch: Launch): Promise<void> {
  const running = runningSupervisor(launch.folders.run);
  if (running) signalProcess(running, "SIGHUP");
  else await start(launch);
}

async function start(launch: Launch): Promise<void> {
  const { folders, clock } = launch;
  const child = spawnSupervisor(launch);
  const started = await until(clock, START_LIMIT, () => {
    const record = runningSupervisor(folders.run);
    if (record?.pid === child.pid) return record;
    return hasEnded(child) ? null : undefined;
  });
  if (started) return;
  const log = logFile(folders.logs, "supervisor");
  throw new LocalError(`the supervisor did not start, see ${log}`, "look at its last lines below", lastLines(log, 15));
}

function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

function spawnSupervisor({ folders, program, handed, hashKey, environment }: Launch): ChildProcess {
  const self = { program: programName(program), handed: hashes(handed, hashKey) };
  const secrets = Object.entries(handed).map(([name, value]) => [`${HANDED_PREFIX}${name}`, value]);
  const { PATH, HOME, LANG, TMPDIR } = environment;
  const output = openLog(logFile(folders.logs, "supervisor"));
  try {
    const child = spawn(process.execPath, [program.path, folders.root], {
      cwd: folders.root,
      env: { PATH, HOME, LANG, TMPDIR, ...Object.fromEntries(secrets), [SUPERVISOR_SELF]: JSON.stringify(self) },
      detached: true,
      stdio: ["ignore", output, output],
    });
    child.on("error", () => {});
    child.unref();
    return child;
  } catch (error) {
    // The message of a failed spawn quotes the environment, secrets too.
    throw new LocalError(
      `the supervisor cannot be started (${errorCode(error) ?? "unknown error"})`,
      "free memory, then try again",
    );
  } finally {
    closeSync(output);
  }
}

function isFit(running: SupervisorRecord, { program, handed, hashKey }: Launch): boolean {
  const wanted = Object.entries(hashes(handed, hashKey));
  return running.program === programName(program) && wanted.every(([name, hash]) => running.handed[name] === hash);
}

function programName({ path, version }: SupervisorProgram): string {
  return `${path} ${version}`;
}

function hashes(handed: Readonly<Record<string, string>>, key: string): Record<string, string> {
  return Object.fromEntries(Object.entries(handed).map(([name, value]) => [name, keyedHash(key, value)]));
}
