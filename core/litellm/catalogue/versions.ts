/** The files that a version's catalogue is made of. Each is read when something of it is asked for. */
export type CataloguePart = "settings" | "api" | "prices" | "notes";

/** The versions that `scripts/catalogue/generate.py` has registered, oldest first. */
export const VERSIONS: readonly string[] = require("./data/versions.json");

/**
 * One file of one registered version. `require` and not a file system call: it is lazy, cached, and finds the data
 * beside the compiled code as well as beside the sources.
 */
export function readPart(version: string, part: CataloguePart): unknown {
  return require(`./data/${version}/${part}.json`);
}
