import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { LocalError } from "../local-error";
import { runProgram } from "../run-program";
import { ENGINE_VERSION } from "./server";

/**
 * Prisma's own engine where this machine has it: named by `PRISMA_QUERY_ENGINE_BINARY`, or where prisma-client-py 0.15.0 keeps
 * what it downloaded (`prisma/_config.py`). Undefined where there is none.
 * @throws LocalError when the named one does not run
 */
export async function findPrismaBinary(environment: NodeJS.ProcessEnv): Promise<string | undefined> {
  const named = environment.PRISMA_QUERY_ENGINE_BINARY;
  if (named) {
    if (await runs(named, environment)) return named;
    const problem = `PRISMA_QUERY_ENGINE_BINARY=${named} does not run as Prisma's query engine of 5.17.0`;
    throw new LocalError(problem, "unset it, or name the program that prisma-client-py 0.15.0 downloads");
  }
  for (const file of downloaded(environment)) if (await runs(file, environment)) return file;
  return undefined;
}

async function runs(file: string, environment: NodeJS.ProcessEnv): Promise<boolean> {
  if (!existsSync(file)) return false;
  const { ok, stdout } = await runProgram(file, ["--version"], { environment });
  return ok && stdout.includes(ENGINE_VERSION);
}

/** Engines for several platforms may lie there; only one of them runs. */
function downloaded(environment: NodeJS.ProcessEnv): string[] {
  const home = environment.PRISMA_HOME_DIR ?? environment.HOME ?? homedir();
  const usual = join(home, ".cache", "prisma-python", "binaries", "5.17.0", ENGINE_VERSION);
  const cache = environment.PRISMA_BINARY_CACHE_DIR ?? usual;
  const folders = [cache, join(cache, "node_modules", "prisma"), join(cache, "node_modules", "@prisma", "engines")];
  return folders.filter(existsSync).flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => /^(prisma-)?query-engine-[^.]+(\.\d+\.x)?$/.test(name))
      .map((name) => join(folder, name)),
  );
}
