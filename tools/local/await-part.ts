import type { LocalFolders } from "./folders";
import { LocalError } from "./local-error";
import type { Step } from "./progress";
import { type KnownSecrets, redact } from "./redact";
import type { Clock } from "./supervisor/clock";
import { lastLines, logFile } from "./supervisor/log-file";
import { isRunning } from "./supervisor/process-identity";
import { type PartRecord, readRecords } from "./supervisor/records";
import { supervisorProcess } from "./supervisor/supervisor-files";
import type { Probe, WantedPart } from "./supervisor/wanted";

/** What to wait for. */
export interface Awaited {
  readonly part: WantedPart;
  readonly folders: LocalFolders;
  /** What a person calls the part. */
  readonly title: string;
  /** What it does while it does not answer yet. */
  readonly doing: string;
  /** Ends on the way that are borne before giving up. */
  readonly patience: number;
  /** How often it had failed before, as wanted now: `failuresOf` at the time when the wanted state was written. */
  readonly failuresBefore: number;
  /** Milliseconds. */
  readonly limit: number;
  /** Kept out of what is quoted from the log. */
  readonly secrets: KnownSecrets;
}

const ASK_EVERY = 100;
const NOTE_EVERY = 10_000;
const QUOTED_LINES = 20;

/**
 * Waits until the supervisor has a part running as wanted, and it answers.
 * @throws LocalError with the end of its log when it keeps ending or takes too long, or when the supervisor is gone
 */
export async function awaitPart(
  awaited: Awaited,
  clock: Clock,
  probe: (probe: Probe) => Promise<boolean>,
  step: Step,
): Promise<void> {
  const begun = clock.now();
  let noted = begun;
  for (;;) {
    const last = record(awaited.folders, awaited.part);
    if (runs(last) && (await probe(awaited.part.probe))) return;
    const now = clock.now();
    giveUp(awaited, last, (last?.failures ?? 0) - awaited.failuresBefore, now - begun);
    if (now - noted >= NOTE_EVERY) {
      noted = now;
      step.note(runs(last) ? `${awaited.doing}, ${Math.round((now - begun) / 1000)} s` : "waiting for what it builds on");
    }
    await clock.sleep(ASK_EVERY);
  }
}

function runs(last: PartRecord | undefined): boolean {
  return last?.identity !== undefined && last.endedAt === undefined && isRunning(last.identity);
}

/** @throws LocalError when waiting on is of no use */
function giveUp(awaited: Awaited, last: PartRecord | undefined, failures: number, waited: number): void {
  const { folders, title, patience, limit } = awaited;
  if (failures >= patience) throw failure(awaited, `${title} does not start (${last?.lastExit?.reason})`);
  if (!supervisorProcess(folders.run)) throw supervisorGone(folders);
  if (waited >= limit) throw failure(awaited, `${title} does not answer after ${Math.round(limit / 1000)} s`);
}

/** How often a part has ended by itself since it was last healthy; 0 for one that was not started as wanted yet. */
export function failuresOf(folders: LocalFolders, part: WantedPart): number {
  return record(folders, part)?.failures ?? 0;
}

function record(folders: LocalFolders, part: WantedPart): PartRecord | undefined {
  const last = readRecords(folders.run)[part.name];
  return last?.hash === part.hash ? last : undefined;
}

function failure({ part, folders, secrets }: Awaited, message: string): LocalError {
  const log = logFile(folders.logs, part.name);
  const lines = lastLines(log, QUOTED_LINES).map((line) => redact(line, secrets));
  const cause = lines.findLast((line) => PYTHON_ERROR.test(line))?.replace(/\.$/, "");
  const problem = cause ? `${message}: ${cause}` : message;
  return new LocalError(problem, `look into ${log}${lines.length > 0 ? ", its last lines are below" : ", it is empty"}`, lines);
}

/** The last line of a Python traceback, such as `TypeError: Fallbacks for 'a' must be a list`. */
const PYTHON_ERROR = /^[A-Za-z_.]*(Error|Exception): ./;

function supervisorGone(folders: LocalFolders): LocalError {
  const log = logFile(folders.logs, "supervisor");
  return new LocalError(`the supervisor ended on the way, see ${log}`, "run local up again", lastLines(log, QUOTED_LINES));
}
