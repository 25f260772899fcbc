import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, realpathSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type LocalFolders, localFolders } from "./folders";
import { LocalError } from "./local-error";
import type { Progress } from "./progress";
import { errorCode } from "./supervisor/atomic-file";
import { type Claim, tryClaim } from "./supervisor/claim";
import { type Clock, until } from "./supervisor/clock";

/** How long to wait for another command on the same environment: a first `up` downloads a lot. Milliseconds. */
const CLAIM_LIMIT = 15 * 60_000;

/**
 * The folders of environment `name`, by the project's real path: the same project reached by another way is the same.
 * @throws LocalError when the name is no plain name: it becomes a folder that `down` deletes
 */
export function environmentFolders(project: string, name: string): LocalFolders {
  if (isEnvironmentName(name)) return checkedFolders(localFolders(realPath(project), name));
  throw new LocalError(
    `"${name}" is no name of an environment`,
    "use letters, digits, dots, dashes and underscores, a letter or digit first",
  );
}

function checkedFolders(folders: LocalFolders): LocalFolders {
  assertFolder(dirname(folders.root));
  for (const folder of [folders.root, folders.secrets, folders.logs, folders.run]) {
    if (lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink()) {
      throw new LocalError(`${folder} is a symbolic link`, "remove the link: what is in this folder is written and deleted");
    }
    assertFolder(folder);
  }
  return folders;
}

/** @throws LocalError when something else than a folder is there; nothing at all is fine */
export function assertFolder(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === false) {
    throw new LocalError(`${path} is no folder`, "move that file away");
  }
}

/** Whether a name may name an environment and thus a folder. */
export function isEnvironmentName(name: string): boolean {
  return /^[a-z0-9][a-z0-9._-]*$/i.test(name);
}

function realPath(folder: string): string {
  return existsSync(folder) ? realpathSync(folder) : folder;
}

/** Makes the folders of an environment, closed to other users where secrets and states are, and keeps them out of Git. */
export function makeFolders(folders: LocalFolders): void {
  mkdirSync(dirname(folders.root), { recursive: true, mode: 0o711 });
  // Where PostgreSQL runs as another user, which is so for root alone, that user has to pass through.
  mkdirSync(folders.root, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  closeStates(folders.root);
  for (const folder of [folders.secrets, folders.logs, folders.run]) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const ignore = join(dirname(folders.root), ".gitignore");
  if (!existsSync(ignore)) writeFileSync(ignore, "*\n");
}

/** Terraform's state, its backup and its lock, which it still writes while it destroys. */
export const TERRAFORM_STATE = /\.tfstate(\.|$)/;

/** Terraform's states hold secrets, and Terraform itself lets everybody read them. */
function closeStates(root: string): void {
  const files = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isFile() && TERRAFORM_STATE.test(entry.name));
  for (const { name } of files) chmodSync(join(root, name), 0o600);
}

/** Whether the database's folder holds anything. */
export function hasData(folders: LocalFolders): boolean {
  return existsSync(folders.postgres) && readdirSync(folders.postgres).length > 0;
}

/**
 * Makes an environment's folders, and works on it while no other command does.
 * @throws LocalError when another command takes too long, or the disk refuses
 */
export async function withClaim<T>(folders: LocalFolders, clock: Clock, progress: Progress, work: () => Promise<T>): Promise<T> {
  try {
    makeFolders(folders);
    const claim = await waitForClaim(folders, clock, progress);
    try {
      return await work();
    } finally {
      claim.release();
    }
  } catch (error) {
    throw diskProblem(error, folders.root) ?? error;
  }
}

async function waitForClaim(folders: LocalFolders, clock: Clock, progress: Progress): Promise<Claim> {
  const folder = join(folders.run, "command.lock");
  const first = tryClaim(folder);
  if ("release" in first) return first;
  const step = progress.step("waiting");
  step.note(`process ${first.holder.pid} works on this environment`);
  // Two that gave way to each other must not meet again at the same moment.
  const claim = await until(clock, CLAIM_LIMIT, () => granted(tryClaim(folder)), 150 + (process.pid % 100));
  if (claim) {
    step.done();
    return claim;
  }
  throw new LocalError(`process ${first.holder.pid} still works on this environment`, "wait for it, or end it, and try again");
}

function granted(result: ReturnType<typeof tryClaim>): Claim | undefined {
  return "release" in result ? result : undefined;
}

const DISK_PROBLEMS: Readonly<Record<string, readonly [string, string]>> = {
  ENOSPC: ["the disk is full", "make room (LiteLLM needs about 700 MB, its database some 50 MB)"],
  EDQUOT: ["the disk quota is used up", "make room (LiteLLM needs about 700 MB, its database some 50 MB)"],
  EROFS: ["the file system is read-only", "use a project folder that can be written"],
  EACCES: ["this user may not write here", "give this user the folder, or use another one"],
  EPERM: ["this user may not do that here", "give this user the folder, or use another one"],
  ENOTDIR: ["something on the way to it is a file", "move that file away"],
};

/** What a failed file operation means for the user; undefined for every other error. */
export function diskProblem(error: unknown, folder: string): LocalError | undefined {
  const [problem, repair] = DISK_PROBLEMS[errorCode(error) ?? ""] ?? [];
  if (!problem || !repair) return undefined;
  const path = (error as NodeJS.ErrnoException).path ?? folder;
  return new LocalError(`cannot work in ${path}: ${problem}`, repair);
}
