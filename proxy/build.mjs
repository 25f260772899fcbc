// Bundles the proxy with everything it needs into dist/main.js: the package and the image hold no node_modules.
import { chmodSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
mkdirSync(here("dist"), { recursive: true });
const { resolve } = createRequire(import.meta.url);
const licences = ["jose", "yaml", "zod"].map((name) => {
  const folder = dirname(resolve(`${name}/package.json`));
  const file = readdirSync(folder).find((file) => file.startsWith("LICENSE"));
  return `${name}\n\n${readFileSync(join(folder, file), "utf8").trim()}`;
});
const { warnings } = await build({
  // Bytes must not depend on the folder from which this is run.
  absWorkingDir: here(".."),
  entryPoints: [here("src/main.ts")],
  outfile: here("dist/main.js"),
  bundle: true,
  platform: "node",
  target: "node20.19",
  format: "cjs",
  // What others wrote may be handed on with its licence only.
  footer: { js: `/*\n${licences.join("\n\n")}\n*/` },
  // V8 keeps the text of a program, in twice the memory where a comment holds a character beyond Latin-1.
  minifyWhitespace: true,
  lineLimit: 130,
  logLevel: "warning",
});
if (warnings.length > 0) process.exit(1);
chmodSync(here("dist/main.js"), 0o755);
