// Bundles the proxy with everything it needs into dist/main.js: the package and the image hold no node_modules.
import { chmodSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { bundle } from "./bundle.mjs";
import { licencesOf } from "./licences.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
await bundle(root, "proxy/src/main.ts", "proxy/dist/main.js", { footer: { js: licencesOf(["jose", "yaml", "zod"]) } });
chmodSync(`${root}proxy/dist/main.js`, 0o755);
