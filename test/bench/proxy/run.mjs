// Builds the proxy and the bench, and runs it: npm run bench:proxy -- --rounds 3 --seconds 3 --only requests,uploads
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const proxy = spawnSync(process.execPath, [`${root}proxy/build.mjs`], { stdio: "inherit" });
if (proxy.status !== 0) process.exit(1);
const outfile = `${root}.cache/bench-proxy.cjs`;
await build({
  entryPoints: [`${root}test/bench/proxy/main.ts`],
  outfile,
  bundle: true,
  platform: "node",
  target: "node20",
  logLevel: "warning",
});
const args = [...process.argv.slice(2), "--proxy", `${root}proxy/dist/main.js`, "--here", `${root}test/bench/proxy`];
// Ten thousand idle connections need more open files than most shells allow; where the limit cannot be raised, fewer are opened.
const raised = 'ulimit -n 65536 2>/dev/null || echo "open files stay limited to $(ulimit -n)"; exec "$@"';
const command = ["taskset", "-c", "0", process.execPath, outfile, ...args];
const { status } = spawnSync("sh", ["-c", raised, "sh", ...command], { stdio: "inherit" });
process.exit(status ?? 1);
