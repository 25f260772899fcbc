import { existsSync, readdirSync, realpathSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import type { Progress } from "../progress";
import { runProgram } from "../run-program";
import { installEmbedded } from "./embedded";
import { type Machine, mayEnter, serverUser, THIS_MACHINE } from "./machine";

/** PostgreSQL's programs. */
export interface PostgresInstallation {
  /** Such as 15.18. */
  readonly version: string;
  /** Folder of `postgres` and `initdb`, absolute. */
  readonly bin: string;
  /** Found on this machine, or installed from a package of this toolkit's choice. */
  readonly source: "machine" | "embedded";
}

/** Why there is no PostgreSQL, and what to do about it. */
export interface NoPostgres {
  readonly problem: string;
  readonly repair: string;
}

/** What `findPostgres` needs to know. */
export interface FindOptions {
  /** Folder for downloads, absolute. */
  readonly cache: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly progress: Progress;
}

/** LiteLLM's migrations use `gen_random_uuid()`, which is built in since 13. */
const OLDEST = 13;

const VARIABLE = "CDKTF_LITELLM_POSTGRES";
const REPAIR = `install PostgreSQL ${OLDEST} or newer, or name the folder of its programs with ${VARIABLE}`;

/**
 * The PostgreSQL to use: the machine's where it has one, else a package from npm. `CDKTF_LITELLM_POSTGRES` chooses: a folder
 * with PostgreSQL's programs, `embedded` for the package, `none` for no database.
 */
export async function findPostgres(
  options: FindOptions,
  machine: Machine = THIS_MACHINE,
): Promise<PostgresInstallation | NoPostgres> {
  const { environment, progress } = options;
  const step = progress.step("PostgreSQL");
  const chosen = environment[VARIABLE];
  const found = await choose(chosen, options, machine, (text) => step.note(text));
  if ("problem" in found) step.skip(found.problem);
  else step.done(`${found.version}, ${found.source === "machine" ? found.bin : "embedded"}`);
  return found;
}

async function choose(
  chosen: string | undefined,
  options: FindOptions,
  machine: Machine,
  note: (text: string) => void,
): Promise<PostgresInstallation | NoPostgres> {
  if (chosen === "none") return { problem: `switched off by ${VARIABLE}=none`, repair: `unset ${VARIABLE}` };
  if (chosen === "embedded") return embedded(options, machine, note);
  for (const bin of chosen ? [chosen] : await candidates(options.environment)) {
    const version = await usableVersion(bin, machine);
    if (version !== undefined) return { version, bin, source: "machine" };
  }
  if (chosen) return { problem: `${VARIABLE}=${chosen} holds no PostgreSQL ${OLDEST} or newer that runs here`, repair: REPAIR };
  return embedded(options, machine, note);
}

async function embedded(
  { cache, environment }: FindOptions,
  machine: Machine,
  note: (text: string) => void,
): Promise<PostgresInstallation | NoPostgres> {
  note("installs it from npm");
  const installed = await installEmbedded({ cache, environment, machine });
  if (typeof installed !== "string") return { problem: installed.problem, repair: REPAIR };
  const version = await usableVersion(installed, machine);
  if (version !== undefined) return { version, bin: installed, source: "embedded" };
  return { problem: "the PostgreSQL from npm does not run on this machine", repair: REPAIR };
}

/** Version of the PostgreSQL in `bin`; undefined where it cannot be used. */
async function usableVersion(bin: string, machine: Machine): Promise<string | undefined> {
  const runAs = serverUser(machine);
  if (!existsSync(join(bin, "initdb")) || !existsSync(join(bin, "postgres")) || !mayEnter(bin, runAs)) return undefined;
  const { ok, stdout } = await runProgram(join(bin, "postgres"), ["--version"], { environment: {}, cwd: "/", runAs });
  const version = /\(PostgreSQL\) (\d+(\.\d+)?)/.exec(stdout)?.[1];
  return ok && version !== undefined && Number.parseInt(version, 10) >= OLDEST ? version : undefined;
}

/** Folders that may hold PostgreSQL's programs, best first. */
async function candidates(environment: NodeJS.ProcessEnv): Promise<string[]> {
  const onPath = (environment.PATH ?? "").split(delimiter).map((folder) => join(folder, "postgres"));
  const linked = onPath.filter((file) => existsSync(file)).map((file) => dirname(realpathSync(file)));
  const { ok, stdout } = await runProgram("pg_config", ["--bindir"], { environment });
  const known = [
    ...versions("/usr/lib/postgresql", ""),
    ...versions("/usr", "pgsql-"),
    ...BREW.flatMap((at) => versions(at, "postgresql")),
  ];
  return [...new Set([...linked, ...(ok ? [stdout.trim()] : []), ...known])];
}

/** Where Homebrew links its formulas, on Apple's and on Intel's processors. */
const BREW = ["/opt/homebrew/opt", "/usr/local/opt"];

/** `<folder>/<prefix><version>/bin`, newest version first. */
function versions(folder: string, prefix: string): string[] {
  const names = existsSync(folder)
    ? readdirSync(folder).filter((name) => name.startsWith(prefix) && existsSync(join(folder, name, "bin")))
    : [];
  return names.sort((a, b) => versionIn(b) - versionIn(a)).map((name) => join(folder, name, "bin"));
}

function versionIn(name: string): number {
  return Number(/\d+(\.\d+)?$/.exec(name)?.[0] ?? 0);
}
