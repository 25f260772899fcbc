import { accessSync, chmodSync, constants, lstatSync, mkdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { LocalError } from "../local-error";

/** A user of the operating system. */
export interface OsUser {
  readonly uid: number;
  readonly gid: number;
}

/** What decides as whom PostgreSQL runs and where its files may be. A test brings its own. */
export interface Machine {
  /** User id of this process; absent where the system has none. */
  readonly uid: number | undefined;
  /** The text of the user database. */
  readonly passwd: () => string;
  /** Folders in which root may keep what other users must read, in order of preference. */
  readonly shared: readonly string[];
}

/** This machine. */
export const THIS_MACHINE: Machine = {
  uid: process.getuid?.(),
  passwd: () => readFileSync("/etc/passwd", "utf8"),
  shared: ["/var/lib", "/var/tmp"],
};

/** PostgreSQL's own user, made by its packages, or the one that owns nothing. */
const SERVER_USERS = ["postgres", "nobody"];

/**
 * The user that PostgreSQL runs as: it refuses root. Undefined where the caller is not root and runs it as itself.
 * @throws LocalError when the caller is root and no such user exists
 */
export function serverUser(machine: Machine): OsUser | undefined {
  if (machine.uid !== 0) return undefined;
  const lines = machine.passwd().split("\n");
  for (const name of SERVER_USERS) {
    const [, , uid, gid] = lines.find((line) => line.startsWith(`${name}:`))?.split(":") ?? [];
    if (Number(uid) > 0 && Number(gid) > 0) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new LocalError(
    `PostgreSQL does not run as root, and this machine has no user ${SERVER_USERS.join(" or ")}`,
    "add a user postgres, or run this command as an ordinary user",
  );
}

/**
 * Whether `user` may enter `folder`, which needs the right to enter all folders above it. Parts that do not exist yet are
 * left out. Undefined stands for the caller, which may enter what it made.
 */
export function mayEnter(folder: string, user: OsUser | undefined): boolean {
  if (user === undefined) return true;
  for (let current = nearestExisting(folder); ; current = dirname(current)) {
    const { uid, gid, mode } = statSync(current);
    const shift = uid === user.uid ? 6 : gid === user.gid ? 3 : 0;
    if (((mode >> shift) & 1) === 0) return false;
    if (current === dirname(current)) return true;
  }
}

function nearestExisting(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return nearestExisting(dirname(folder));
  }
}

/**
 * A folder of this name that every user may enter and only root may change, for what PostgreSQL's user must reach.
 * @throws LocalError when there is no place for it
 */
export function sharedFolder(machine: Machine): string {
  const base = machine.shared.find(isWritable);
  if (base === undefined) {
    const places = machine.shared.join(" nor ");
    throw new LocalError(`neither ${places} can be written to`, "PostgreSQL's user must reach its files: make one writable");
  }
  const folder = join(base, "cdktf-litellm");
  if (mkdirSync(folder, { recursive: true }) !== undefined) chmodSync(folder, 0o755);
  const state = lstatSync(folder);
  if (state.isDirectory() && state.uid === machine.uid && (state.mode & 0o022) === 0) return folder;
  throw new LocalError(`${folder} can be changed by other users`, `delete ${folder}, then try again`);
}

/** The folders that `sharedFolder` may give, whether they exist or not. */
export function sharedFolders(machine: Machine): readonly string[] {
  return machine.shared.map((base) => join(base, "cdktf-litellm"));
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
