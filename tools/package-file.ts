import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * The absolute path of `file` within this package, whether the code runs compiled from `dist` or from its sources.
 * Data files, such as locks, are not compiled and are read from here.
 */
export function packageFile(...file: string[]): string {
  let folder = __dirname;
  while (!existsSync(join(folder, "package.json"))) folder = dirname(folder);
  return join(folder, ...file);
}
