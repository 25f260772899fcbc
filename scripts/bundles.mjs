// The programs that people wait for, each as one file: Node loads it in two thirds of the time of some hundred modules. They are made
// from the sources, because of what is imported there a bundler can leave out what is not used.
import { chmodSync, cpSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { bundle } from "../proxy/bundle.mjs";
import { licencesOf } from "../proxy/licences.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
/** What reads the catalogues stays beside them, so that only one is read. */
const CATALOGUES = /^\.\/versions$/;

/** What `cdktf.json` runs; it is not published, so everything is in it. */
export async function bundleSynth() {
  const outfile = "dist/synth.js";
  await bundle(root, "main.ts", outfile, { plugins: [keepCatalogues(outfile)] });
}

/** The command. Of the packages it needs only the largest part of its start is in it; the others are loaded where they are used. */
export async function bundleCommand() {
  const outfile = "dist/tools/cli/main.js";
  const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const external = Object.keys({ ...dependencies, ...peerDependencies }).filter((name) => name !== "zod");
  await bundle(root, "tools/cli/main.ts", outfile, {
    external: [...external, "cdktn"],
    footer: { js: licencesOf(["zod"]) },
    plugins: [keepCatalogues(outfile)],
  });
  chmodSync(join(root, outfile), 0o755);
}

/** The identity proxy as its own package has it: one file without dependencies, which the local target starts. */
export async function bundleProxy() {
  await import("../proxy/build.mjs");
  cpSync(join(root, "proxy", "dist", "main.js"), join(root, "dist", "identity-proxy.js"));
}

function keepCatalogues(outfile) {
  return {
    name: "keep-catalogues",
    setup({ onResolve }) {
      onResolve({ filter: CATALOGUES }, ({ path, resolveDir }) => {
        const compiled = join(root, "dist", relative(root, resolve(resolveDir, path)));
        const from = relative(dirname(join(root, outfile)), compiled);
        return { path: from.startsWith(".") ? `${from}.js` : `./${from}.js`, external: true };
      });
    },
  };
}
