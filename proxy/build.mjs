// Bundles the proxy with everything it needs into dist/main.js: the package and the image hold no node_modules.
import { chmodSync, mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
mkdirSync(here("dist"), { recursive: true });
await build({
  entryPoints: [here("src/main.ts")],
  outfile: here("dist/main.js"),
  bundle: true,
  platform: "node",
  target: "node20.19",
  format: "cjs",
  legalComments: "eof",
  logLevel: "warning",
});
chmodSync(here("dist/main.js"), 0o755);
