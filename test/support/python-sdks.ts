import { createHash } from "node:crypto";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "../../tools/local";
import { withLock } from "../../tools/local/lock-file";
import { findPython } from "../../tools/local/python";
import { prepareUv } from "../../tools/local/python/uv";
import { runProgram } from "../../tools/local/run-program";

/** The official clients; OpenAI's is the one that LiteLLM 1.108.10 is locked to. */
const PACKAGES = ["openai==3.52.0", "anthropic==2.11.0"];

/** Installs the official Python clients once, beside LiteLLM in the cache; the result is the interpreter. */
export async function pythonWithSdks(environment: NodeJS.ProcessEnv): Promise<string> {
  const cache = cacheFolder(environment);
  const found = await findPython(environment);
  if ("problem" in found) throw new Error(found.problem);
  const state = createHash("sha256").update(JSON.stringify([PACKAGES, found.python, found.version]));
  const folder = join(cache, `sdks-${state.digest("hex").slice(0, 12)}`);
  const [python, complete] = [join(folder, "bin", "python"), join(folder, "complete")];
  await withLock(`${folder}.lock`, async () => {
    if (existsSync(complete)) return;
    rmSync(folder, { recursive: true, force: true });
    const { uv, environment: own } = await prepareUv(found.python, cache, environment);
    for (const args of [
      ["venv", "--quiet", "--python", found.python, folder],
      ["pip", "install", "--quiet", "--python", python, ...PACKAGES],
    ]) {
      const { ok, tail } = await runProgram(uv, args, { environment: own });
      if (!ok) throw new Error(tail.join("\n"));
    }
    writeFileSync(complete, "");
  });
  return python;
}
