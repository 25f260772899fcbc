import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The folder of this package, whether it runs from sources, from `dist` or from `node_modules`. */
export function packageRoot(): string {
  let folder = __dirname;
  while (!existsSync(join(folder, "package.json"))) folder = dirname(folder);
  return folder;
}
