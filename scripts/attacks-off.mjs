// Switches each defence of the identity proxy off in turn and shows whether its attack notices; exit code 1 where one does not.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const built = spawnSync(process.execPath, [join(root, "scripts/build.mjs")], { cwd: root, stdio: ["ignore", 2, 2] });
if (built.status !== 0) process.exit(built.status ?? 1);
process.chdir(root);
createRequire(import.meta.url)(join(root, "dist/scripts/attacks-off/main.js"));
