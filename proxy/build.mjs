// Bundles the proxy with everything it needs into dist/main.js: the package and the image hold no node_modules.
import { chmodSync, mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { licencesOf } from "./licences.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
mkdirSync(here("dist"), { recursive: true });
const { warnings } = await build({
  // Bytes must not depend on the folder from which this is run.
  absWorkingDir: here(".."),
  entryPoints: [here("src/main.ts")],
  outfile: here("dist/main.js"),
  bundle: true,
  platform: "node",
  target: "node20.19",
  format: "cjs",
  footer: { js: licencesOf(["jose", "yaml", "zod"]) },
  // V8 keeps the text of a program, in twice the memory where a comment holds a character beyond Latin-1.
  minifyWhitespace: true,
  lineLimit: 130,
  logLevel: "warning",
});
if (warnings.length > 0) process.exit(1);
chmodSync(here("dist/main.js"), 0o755);
