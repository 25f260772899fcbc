import { createHash } from "node:crypto";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LocalError } from "../local-error";
import { readText, withLock } from "../lock-file";
import type { Progress, Step } from "../progress";
import { runProgram } from "../run-program";
import { byteCompile } from "./byte-compile";
import { checkDiskSpace } from "./disk-space";
import { findPython, forPython, type Python } from "./find-python";
import { type Lock, litellmLock } from "./locks";
import { prepareUv } from "./uv";

/** LiteLLM in a virtual environment of its own. All paths are absolute. */
export interface LitellmInstallation {
  readonly version: string;
  /** The environment's interpreter. */
  readonly python: string;
  /** LiteLLM's program. uv writes it so that it runs from folders with spaces and long names too. */
  readonly command: string;
  readonly sitePackages: string;
  /** The virtual environment. */
  readonly folder: string;
}

/** What `installLitellm` needs to know. */
export interface InstallOptions {
  readonly version: string;
  /** Folder for downloads, absolute. */
  readonly cache: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly progress: Progress;
}

/**
 * Installs LiteLLM `version` into a virtual environment of its own under `cache`, once; later calls only look whether it is
 * complete. A marker is written last, so that an installation that was killed is made again, and a lock file keeps two
 * installations apart.
 * @throws LocalError when there is no usable Python, no lock for the version, no space, or the download fails
 */
export async function installLitellm(options: InstallOptions): Promise<LitellmInstallation> {
  const { version, cache, environment, progress } = options;
  const lock = litellmLock(version);
  const python = await findPython(environment);
  if ("problem" in python) throw new LocalError(python.problem, python.repair);
  const state = wantedState(lock, python, cache);
  const installation = describe(version, cache, python, state);
  const step = progress.step(`LiteLLM ${version}`);
  if (isComplete(installation, state)) step.done("installed");
  else {
    const onWait = (pid: number): void => step.note(`waits for process ${pid}, which installs it`);
    await withLock(`${installation.folder}.lock`, () => install(options, { lock, python, installation, state, step }), {
      onWait,
    });
  }
  return installation;
}

/**
 * Paths of an installation: virtual environments cannot be moved, so each is made where it stays. Its state is part of its
 * name: gateways of other checkouts and other Pythons run from folders of the same cache, which must stay as they are.
 */
function describe(version: string, cache: string, { version: python }: Python, state: string): LitellmInstallation {
  const minor = python.split(".").slice(0, 2).join(".");
  const folder = join(cache, `litellm-${version}-python${minor}-${state.slice(0, 12)}`);
  const bin = join(folder, "bin");
  const sitePackages = join(folder, "lib", `python${minor}`, "site-packages");
  return { version, python: join(bin, "python"), command: join(bin, "litellm"), sitePackages, folder };
}

/** Names exactly what is installed, from which Python and where; also what the marker of a complete installation says. */
function wantedState({ text }: Lock, { python, version }: Python, cache: string): string {
  return createHash("sha256")
    .update(JSON.stringify([text, python, version, cache]))
    .digest("hex");
}

function marker({ folder }: LitellmInstallation): string {
  return join(folder, "cdktf-litellm-complete");
}

/** The interpreter is a link to the Python below it, which may have been removed. It is not run: a busy machine may refuse that. */
function isComplete(installation: LitellmInstallation, state: string): boolean {
  const { command, python } = installation;
  return readText(marker(installation)) === state && existsSync(command) && existsSync(python);
}

interface Plan {
  readonly lock: Lock;
  readonly python: Python;
  readonly installation: LitellmInstallation;
  readonly state: string;
  readonly step: Step;
}

async function install(options: InstallOptions, { lock, python, installation, state, step }: Plan): Promise<void> {
  if (isComplete(installation, state)) return step.done("installed by another process");
  const { cache } = options;
  mkdirSync(cache, { recursive: true });
  rmSync(installation.folder, { recursive: true, force: true });
  checkDiskSpace(cache);
  step.note("makes a Python environment");
  const { uv, environment } = await prepareUv(python.python, cache, options.environment);
  const run = async (args: readonly string[], onLine?: (line: string) => void): Promise<void> => {
    const { ok, tail } = await runProgram(uv, args, { environment, onLine });
    if (!ok) throw new LocalError(`cannot install LiteLLM ${installation.version}`, repairFor(tail), tail);
  };
  await run(["venv", "--quiet", "--python", python.python, installation.folder]);
  const locked = ["--no-deps", "--require-hashes", "-r", lock.file];
  await run(["pip", "install", "--python", installation.python, ...locked], (line) => noteOf(line, step));
  step.note("compiles Python files");
  await byteCompile(installation.python, installation.sitePackages, forPython(options.environment), (text) => step.note(text));
  writeFileSync(marker(installation), state);
  step.done(`with Python ${python.version}`);
}

/** uv's own lines about large downloads and its totals are signs of life; the long list of packages is not. */
function noteOf(line: string, step: Step): void {
  const text = line.trim();
  if (/^(Resolved|Downloading|Prepared|Installed) /.test(text)) step.note(`${text.charAt(0).toLowerCase()}${text.slice(1)}`);
}

function repairFor(tail: readonly string[]): string {
  const text = tail.join("\n");
  if (/No space left/i.test(text)) return "free space on the disk, or name a folder on another disk with CDKTF_LITELLM_CACHE";
  if (/hash mismatch/i.test(text))
    return "the package registry serves other files than the locked ones: use one that does not change them";
  return "check that this machine reaches its Python package registry (pip's own configuration is used), then try again";
}
