import { existsSync, readdirSync, rmdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import type { LocalFolders } from "./folders";
import { type Kit, REAL_KIT } from "./kit";
import { LocalError } from "./local-error";
import type { Progress } from "./progress";
import { errorCode } from "./supervisor/atomic-file";
import { type Clock, until } from "./supervisor/clock";
import { STOP_GRACE } from "./supervisor/decide";
import { groupMembers, killGroup, signalProcess, strays } from "./supervisor/process-group";
import { isRunning } from "./supervisor/process-identity";
import { Reconciler } from "./supervisor/reconciler";
import { readRecords } from "./supervisor/records";
import { removeSupervisorFiles, runningSupervisor, supervisorProcess } from "./supervisor/supervisor-files";
import { readWanted, removeWanted } from "./supervisor/wanted";
import { environmentFolders, TERRAFORM_STATE, withClaim } from "./workplace";

/** What `down` needs to know; the environment's file may be gone. */
export interface DownOptions {
  /** Folder of the project, absolute. */
  readonly project: string;
  readonly name: string;
  /** Also deletes the database, secrets and logs; only Terraform's state stays. */
  readonly deleteData: boolean;
  readonly progress: Progress;
}

/** LiteLLM first, then PostgreSQL, each with its grace, and some time to look. Milliseconds. */
const STOP_LIMIT = 3 * STOP_GRACE;

/**
 * Stops everything of an environment, supervised or not. Fine when nothing runs.
 * @throws LocalError when a process does not end
 */
export async function down(options: DownOptions, kit: Kit = REAL_KIT): Promise<void> {
  const { project, name, deleteData, progress } = options;
  const folders = environmentFolders(project, name);
  if (!existsSync(folders.root)) {
    progress.step("stopped").done(`nothing of ${name} is here`);
    return;
  }
  await withClaim(folders, kit.clock, progress, async () => {
    const step = progress.step("stopped");
    const parts = (readWanted(folders.run)?.parts ?? []).map((part) => part.name);
    removeWanted(folders.run);
    await stopSupervisor(folders, kit.clock);
    await stopOrphans(folders, kit.clock);
    removeSupervisorFiles(folders.run);
    step.done(parts.reverse().join(", "));
    if (!deleteData) return;
    const deleting = progress.step("deleted");
    const kept = await kit.removeCluster(folders.postgres);
    deleteAllButState(folders);
    deleting.done(kept ? `secrets and logs; the database's link led to ${kept}, which stays` : "database, secrets and logs");
  });
  if (deleteData) removeEmptyFolders(folders);
}

async function stopSupervisor(folders: LocalFolders, clock: Clock): Promise<void> {
  const supervisor = supervisorProcess(folders.run);
  if (!supervisor) return;
  if (!runningSupervisor(folders.run)) killGroup(supervisor);
  signalProcess(supervisor, "SIGTERM");
  const ended = await until(clock, STOP_LIMIT, () => !isRunning(supervisor) || undefined);
  if (!ended) killGroup(supervisor);
}

/** What a killed supervisor left behind is ended in the same order and with the same patience. */
async function stopOrphans(folders: LocalFolders, clock: Clock): Promise<void> {
  const quiet = { now: clock.now, probe: async () => false, log: () => {}, wake: () => {}, environment: {} };
  const reconciler = new Reconciler(folders, quiet);
  const ended = await until(clock, STOP_LIMIT, async () => {
    await reconciler.step({ parts: [] });
    return reconciler.isIdle || undefined;
  });
  const records = Object.values(readRecords(folders.run));
  const left = [...records.flatMap(({ identity }) => (identity ? groupMembers(identity) : [])), ...strays(folders.root, [])];
  if (ended && left.length === 0) return;
  const pids = left.map(({ pid }) => pid).join(", ");
  throw new LocalError(`processes of this environment do not end: ${pids}`, `end them with kill -9 ${pids.replaceAll(",", "")}`);
}

/** The lock of this command stays until the end, so that no other one starts in the middle. */
function deleteAllButState(folders: LocalFolders): void {
  for (const name of readdirSync(folders.root)) {
    const path = join(folders.root, name);
    if (!TERRAFORM_STATE.test(name) && path !== folders.run) rmSync(path, { recursive: true, force: true });
  }
  for (const name of readdirSync(folders.run)) {
    if (name !== "command.lock") rmSync(join(folders.run, name), { recursive: true, force: true });
  }
}

/** Stops at the first folder that somebody uses. */
function removeEmptyFolders(folders: LocalFolders): void {
  for (const folder of [join(folders.run, "command.lock"), folders.run, folders.root]) {
    try {
      rmdirSync(folder);
    } catch (error) {
      if (["ENOTEMPTY", "EEXIST", "ENOENT"].includes(errorCode(error) ?? "")) return;
      throw error;
    }
  }
  const ignore = join(dirname(folders.root), ".gitignore");
  if (readdirSync(dirname(folders.root)).every((name) => name === ".gitignore")) rmSync(ignore, { force: true });
}
