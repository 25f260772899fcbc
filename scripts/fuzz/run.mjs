// Bundles the fuzzer with the proxy's sources and runs it: npm run fuzz -- --cases 20000 --seed 7
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../..", import.meta.url));
const outfile = `${root}.cache/fuzz.cjs`;
await build({
  entryPoints: [`${root}scripts/fuzz/main.ts`],
  outfile,
  bundle: true,
  platform: "node",
  target: "node20",
  logLevel: "warning",
});
const oracle = `${root}scripts/fuzz/oracle.py`;
const { status } = spawnSync(process.execPath, [outfile, ...process.argv.slice(2), "--oracle", oracle], { stdio: "inherit" });
process.exit(status ?? 1);
