import { createHash } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LocalError } from "../local-error";
import { readText, withLock } from "../lock-file";
import { runProgram } from "../run-program";
import { forPython } from "./find-python";
import { uvLock } from "./locks";
import { registryForUv } from "./registry";

/** The installer, and the environment to run it in. */
export interface Uv {
  readonly uv: string;
  readonly environment: NodeJS.ProcessEnv;
}

/**
 * Installs uv into a virtual environment of its own, once, with the Python's own pip.
 * @throws LocalError when the environment or the download fails
 */
export async function prepareUv(python: string, cache: string, caller: NodeJS.ProcessEnv): Promise<Uv> {
  const lock = uvLock();
  const folder = join(cache, `uv-${createHash("sha256").update(`${lock.text}${python}${cache}`).digest("hex").slice(0, 12)}`);
  const environment = forPython(caller);
  const own = join(folder, "bin", "python");
  // Installations of several LiteLLMs share it.
  await withLock(`${folder}.lock`, async () => {
    const marker = join(folder, "complete");
    if (readText(marker) !== undefined) return;
    rmSync(folder, { recursive: true, force: true });
    await must(python, ["-m", "venv", folder], environment, "cannot make a virtual environment");
    const install = ["-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check", "--no-deps"];
    await must(own, [...install, "--require-hashes", "-r", lock.file], environment, "cannot install uv, the package installer");
    writeFileSync(marker, "");
  });
  const registry = await registryForUv(own, environment);
  const places = {
    UV_PYTHON_DOWNLOADS: "never",
    UV_CACHE_DIR: caller.UV_CACHE_DIR ?? join(cache, "uv-cache"),
    UV_NO_PROGRESS: "1",
  };
  return { uv: join(folder, "bin", "uv"), environment: { ...environment, ...registry, ...places } };
}

async function must(command: string, args: readonly string[], environment: NodeJS.ProcessEnv, problem: string): Promise<void> {
  const { ok, tail } = await runProgram(command, args, { environment });
  if (!ok) throw new LocalError(problem, "check that pip can reach its package registry and that the disk is not full", tail);
}
