// Compiles to dist/, puts the data files beside the code that reads them, bundles what synth runs, and makes the command
// executable.
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const compiler = createRequire(import.meta.url).resolve("typescript/bin/tsc");
const result = spawnSync(process.execPath, [compiler, "-p", join(root, "tsconfig.build.json")], { stdio: ["ignore", 2, 2] });
if (result.status !== 0) process.exit(result.status ?? 1);

copyData("core");
await bundleSynth();
await bundleProxy();
removeStale();
chmodSync(join(root, "dist/tools/cli/main.js"), 0o755);

function copyData(folder) {
  if (!existsSync(join(root, folder))) return;
  cpSync(join(root, folder), join(root, "dist", folder), {
    recursive: true,
    preserveTimestamps: true,
    filter: (source) => !/\.(ts|md)$/.test(source) && !relative(root, source).includes("node_modules"),
  });
}

/**
 * One file in place of 700: synth loads in two thirds of the time. It is made from the sources, because of what is imported there a
 * bundler can leave out what is not used. What reads the catalogues stays beside them, so that only one is read.
 */
async function bundleSynth() {
  const keepCatalogues = {
    name: "keep-catalogues",
    setup({ onResolve }) {
      onResolve({ filter: /^\.\/versions$/ }, ({ path, resolveDir }) => ({
        path: `./${relative(root, resolve(resolveDir, path))}.js`,
        external: true,
      }));
    },
  };
  await build({
    entryPoints: [join(root, "main.ts")],
    outfile: join(root, "dist", "synth.js"),
    bundle: true,
    platform: "node",
    target: "node20.19",
    minifyWhitespace: true,
    lineLimit: 130,
    plugins: [keepCatalogues],
    logLevel: "warning",
  });
}

/** The identity proxy as its own package has it: one file without dependencies, which the local target starts. */
async function bundleProxy() {
  await import("../proxy/build.mjs");
  cpSync(join(root, "proxy", "dist", "main.js"), join(root, "dist", "identity-proxy.js"));
}

/** What earlier builds left of sources that are gone: it would be packed, and found by its old name. */
function removeStale() {
  const dist = join(root, "dist");
  const own = ["synth.js", "identity-proxy.js", "build.tsbuildinfo"];
  for (const file of readdirSync(dist, { recursive: true })) {
    const path = join(dist, file);
    const sources = [file, file.replace(/(\.d\.ts|\.js)$/, ".ts")];
    if (!own.includes(file) && !statSync(path).isDirectory() && !sources.some((source) => existsSync(join(root, source))))
      rmSync(path, { force: true });
  }
}
