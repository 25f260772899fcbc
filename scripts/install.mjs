// Installs what package-lock.json says, when node_modules does not hold it yet, and compiles. Quick when there is nothing to do.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const marker = join(root, "node_modules", ".cdktf-litellm-installed");

refuseOtherNodes();
const wanted = createHash("sha256")
  .update(readFileSync(join(root, "package-lock.json")))
  .digest("hex");
if (!existsSync(marker) || readFileSync(marker, "utf8") !== wanted) install();
run(process.execPath, [join(root, "scripts", "build.mjs")], "the sources do not compile");

function install() {
  process.stderr.write("installing dependencies (npm ci), about half a minute the first time\n");
  run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], "npm could not install the dependencies");
  mkdirSync(join(root, "node_modules"), { recursive: true });
  writeFileSync(marker, wanted);
}

function run(command, args, failure) {
  const result = spawnSync(command, args, { cwd: root, stdio: ["ignore", 2, 2] });
  if (result.status === 0) return;
  process.stderr.write(`error: ${failure}${result.error ? `: ${result.error.message}` : ""}\n`);
  process.exit(1);
}

function refuseOtherNodes() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if ((major === 20 && minor >= 19) || (major === 22 && minor >= 12)) return;
  process.stderr.write(
    `error: Node ${process.versions.node} is not supported; use 20.19 or later of 20, or 22.12 or later of 22\n`,
  );
  process.stderr.write("  cdktf-cli 0.21 does not start on Node 24\n");
  process.exit(1);
}
