import { type Dirent, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "./folders";
import { type Kit, REAL_KIT } from "./kit";
import { LocalError } from "./local-error";
import type { Progress } from "./progress";
import { observeStatus } from "./status";
import { assertFolder, isEnvironmentName } from "./workplace";

/** The file and its first line by which backup programs and others know a cache (Cache Directory Tagging Specification). */
const TAG = {
  file: "CACHEDIR.TAG",
  text: "Signature: 8a477f597d28d172789f06886806bc55\n# Made by cdktf-litellm; may be deleted at any time.\n",
};

/** Makes the cache's folder and marks it as ours, unless it holds somebody's files. Returns the folder. */
export function markCache(cache: string): string {
  mkdirSync(cache, { recursive: true });
  if (readdirSync(cache).length === 0) writeFileSync(join(cache, TAG.file), TAG.text);
  return cache;
}

/** What `purgeCache` needs to know. */
export interface PurgeOptions {
  /** Folder of the project, absolute. */
  readonly project: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly progress: Progress;
}

/**
 * Deletes what was downloaded. The next `up` gets it again.
 * @throws LocalError when an environment of this project runs from it, or the folder does not carry our mark
 */
export async function purgeCache(options: PurgeOptions, kit: Pick<Kit, "probe"> = REAL_KIT): Promise<void> {
  const { project, environment, progress } = options;
  const cache = cacheFolder(environment);
  const step = progress.step("cache");
  if (!existsSync(cache)) return step.done(`${cache} is not there`);
  const running = await runningEnvironments(project, environment, kit);
  if (running.length > 0) {
    const commands = running.map((name) => `cdktf-litellm local down ${name}`).join(", ");
    throw new LocalError(`${running.join(" and ")} still runs from ${cache}`, `stop it first: ${commands}`);
  }
  if (!existsSync(join(cache, TAG.file))) {
    throw new LocalError(`${cache} was not made by this tool, so it is not deleted`, "delete what is in it by hand");
  }
  rmSync(cache, { recursive: true, force: true });
  step.done(`${cache} deleted`);
}

async function runningEnvironments(project: string, environment: NodeJS.ProcessEnv, kit: Pick<Kit, "probe">): Promise<string[]> {
  const folder = join(project, ".local");
  assertFolder(folder);
  const names = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }).filter(isEnvironment) : [];
  const states = await Promise.all(names.map(({ name }) => observeStatus({ project, name, environment }, kit.probe)));
  return states.filter(({ supervisor, parts }) => supervisor.pid ?? parts.some(({ pid }) => pid)).map(({ name }) => name);
}

function isEnvironment(entry: Dirent): boolean {
  return entry.isDirectory() && isEnvironmentName(entry.name);
}
