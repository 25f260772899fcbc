import { createHash } from "node:crypto";
import {
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { LocalError } from "../local-error";
import type { Progress } from "../progress";
import { runProgram } from "../run-program";
import { ADMINISTRATOR } from "./database";
import type { PostgresInstallation } from "./find-postgres";
import { type Machine, mayEnter, type OsUser, serverUser, sharedFolder, sharedFolders, THIS_MACHINE } from "./machine";

/** A database cluster: PostgreSQL's word for the data of one server. */
export interface Cluster {
  readonly installation: PostgresInstallation;
  /** The data folder itself, absolute, no symbolic link. */
  readonly data: string;
  /** The server's user where the caller is root. */
  readonly runAs?: OsUser;
}

/** What `prepareCluster` needs to know. */
export interface ClusterOptions {
  readonly installation: PostgresInstallation;
  /** `.local/<name>/postgres`, absolute. */
  readonly folder: string;
  /** Password of the database's superuser, used when the cluster is made. */
  readonly password: string;
  readonly progress: Progress;
  readonly environment: NodeJS.ProcessEnv;
}

/**
 * Makes the cluster once; never touches data that is there. The data lies in `folder`, or, where the server's user may not
 * enter that, in a folder for all users with a symbolic link at `folder`. It is made under another name and renamed at the
 * end, so that a cluster whose making was killed is made again.
 * @throws LocalError when the data is of another major version, or `folder` holds something else, or `initdb` fails
 */
export async function prepareCluster(options: ClusterOptions, machine: Machine = THIS_MACHINE): Promise<Cluster> {
  const { installation, folder, progress } = options;
  const step = progress.step("database cluster");
  const runAs = serverUser(machine);
  const data = dataFolder(folder, runAs, machine);
  if (isCluster(data)) checkVersion(data, installation);
  else await makeCluster(data, runAs, options);
  if (data !== folder) link(folder, data);
  step.done(data === folder ? "" : `in ${data}`);
  return runAs === undefined ? { installation, data } : { installation, data, runAs };
}

/**
 * Removes the cluster's data for good. A symbolic link is followed only to the place where `prepareCluster` puts the data of
 * this very folder; a link of somebody else is removed, and what it leads to stays.
 * @param folder `.local/<name>/postgres`, absolute
 * @returns the folder that stays, where there is one
 */
export async function removeCluster(folder: string, machine: Machine = THIS_MACHINE): Promise<string | undefined> {
  const linked = linkedFolder(folder);
  const isOurs = linked !== undefined && isOwnPlace(linked, folder, machine);
  const places = isOurs ? [linked, folder] : [folder];
  for (const data of places) {
    for (const path of [data, draftOf(data), passwordFileOf(data)]) rmSync(path, { recursive: true, force: true });
  }
  return isOurs ? undefined : linked;
}

/** Only root and this tool write there, so what has the name that follows from `folder` was made for it. */
function isOwnPlace(data: string, folder: string, machine: Machine): boolean {
  const isPlace = sharedFolders(machine).some((shared) => join(shared, placeName(folder)) === data);
  return isPlace && (isCluster(data) || !existsSync(data));
}

function placeName(folder: string): string {
  return `postgres-${createHash("sha256").update(folder).digest("hex").slice(0, 16)}`;
}

/** Where the data is or will be. A link that is there is followed, so that data is found again. */
function dataFolder(folder: string, user: OsUser | undefined, machine: Machine): string {
  const linked = linkedFolder(folder);
  if (linked !== undefined) return linked;
  mkdirSync(dirname(folder), { recursive: true });
  if (mayEnter(dirname(folder), user)) return folder;
  return join(sharedFolder(machine), placeName(folder));
}

function linkedFolder(folder: string): string | undefined {
  const isLink = lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink();
  return isLink ? readlinkSync(folder) : undefined;
}

function link(folder: string, data: string): void {
  if (linkedFolder(folder) === undefined) symlinkSync(data, folder);
}

function isCluster(data: string): boolean {
  return existsSync(join(data, "PG_VERSION"));
}

function checkVersion(data: string, { version }: PostgresInstallation): void {
  const made = readFileSync(join(data, "PG_VERSION"), "utf8").trim();
  const found = version.split(".")[0];
  if (made === found) return;
  throw new LocalError(
    `the data in ${data} was made by PostgreSQL ${made}, which PostgreSQL ${version} cannot read`,
    `name the folder of PostgreSQL ${made}'s programs with CDKTF_LITELLM_POSTGRES, or delete the data with: cdktf-litellm local down --delete-data`,
  );
}

function draftOf(data: string): string {
  return `${data}.draft`;
}

function passwordFileOf(data: string): string {
  return `${data}.password`;
}

async function makeCluster(data: string, runAs: OsUser | undefined, options: ClusterOptions): Promise<void> {
  if (existsSync(data) && readdirSync(data).length > 0) {
    throw new LocalError(`${data} holds files that are not PostgreSQL's`, "move them away, then try again");
  }
  const draft = draftOf(data);
  const passwordFile = passwordFileOf(data);
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(dirname(data), { recursive: true });
  mkdirSync(draft, { mode: 0o700 });
  give(draft, runAs);
  try {
    rmSync(passwordFile, { force: true });
    writeFileSync(passwordFile, `${options.password}\n`, { mode: 0o600, flag: "wx" });
    give(passwordFile, runAs);
    await initialise(draft, passwordFile, runAs, options);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(draft, data);
}

function give(path: string, user: OsUser | undefined): void {
  if (user !== undefined) chownSync(path, user.uid, user.gid);
}

/** Locale C sorts the same on every machine; checksums notice a failing disk. */
const INITDB = ["--encoding=UTF8", "--locale=C", "--auth=scram-sha-256", "--data-checksums", `--username=${ADMINISTRATOR}`];

async function initialise(data: string, passwordFile: string, runAs: OsUser | undefined, options: ClusterOptions): Promise<void> {
  const { installation, environment } = options;
  const args = [...INITDB, `--pwfile=${passwordFile}`, `--pgdata=${data}`];
  const env = { PATH: environment.PATH, LC_ALL: "C", TZ: "UTC" };
  const { ok, tail } = await runProgram(join(installation.bin, "initdb"), args, { environment: env, cwd: dirname(data), runAs });
  if (!ok)
    throw new LocalError(
      `PostgreSQL ${installation.version} cannot make its data folder ${data}`,
      "see its own words below",
      tail,
    );
}
