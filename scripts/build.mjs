// Compiles to dist/, puts the data files beside the code that reads them, and bundles the programs that people wait for.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleCommand, bundleProxy, bundleSynth } from "./bundles.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const compiler = createRequire(import.meta.url).resolve("typescript/bin/tsc");
const result = spawnSync(process.execPath, [compiler, "-p", join(root, "tsconfig.build.json")], { stdio: ["ignore", 2, 2] });
if (result.status !== 0) process.exit(result.status ?? 1);

copyData("core");
await bundleSynth();
await bundleCommand();
await bundleProxy();
removeStale();

function copyData(folder) {
  if (!existsSync(join(root, folder))) return;
  cpSync(join(root, folder), join(root, "dist", folder), {
    recursive: true,
    preserveTimestamps: true,
    filter: (source) => !/\.(ts|md)$/.test(source) && !relative(root, source).includes("node_modules"),
  });
}

/** What earlier builds left of sources that are gone or bundled now: it would be packed, and found by its old name. */
function removeStale() {
  const dist = join(root, "dist");
  const own = ["synth.js", "identity-proxy.js", "build.tsbuildinfo", "tools/cli/main.js"];
  for (const file of readdirSync(dist, { recursive: true })) {
    const path = join(dist, file);
    if (own.includes(file) || statSync(path).isDirectory()) continue;
    const sources = [file, file.replace(/(\.d\.ts|\.js)$/, ".ts")];
    const isBundled = file.startsWith("tools/cli/");
    if (isBundled || !sources.some((source) => existsSync(join(root, source)))) rmSync(path, { force: true });
  }
}
