// Bundles the bench and its gateway, and runs it: npm run bench:keys -- --keys 10000 --latency 20 --runs 5
import { execFileSync, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../../..", import.meta.url));
execFileSync(process.execPath, [`${root}scripts/install.mjs`], { stdio: "inherit" });
const outdir = `${root}.cache/bench-keys`;
await build({
  entryPoints: [`${root}test/bench/keys/main.ts`, `${root}test/bench/keys/gateway.ts`],
  outdir,
  outExtension: { ".js": ".cjs" },
  bundle: true,
  platform: "node",
  target: "node20",
  packages: "external",
  logLevel: "warning",
});
const files = ["--cli", `${root}dist/tools/cli/main.js`, "--gateway", `${outdir}/gateway.cjs`];
const hook = ["--hook", `${root}test/bench/keys/report-usage.cjs`];
const args = [`${outdir}/main.cjs`, ...process.argv.slice(2), ...files, ...hook];
process.exit(spawnSync(process.execPath, args, { stdio: "inherit" }).status ?? 1);
