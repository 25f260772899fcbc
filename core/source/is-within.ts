import { isAbsolute, relative, resolve, sep } from "node:path";

/** Whether a file is somewhere below a folder, by their names; either may be relative to the working directory. */
export function isWithin(folder: string, file: string): boolean {
  const way = relative(resolve(folder), resolve(file));
  return way !== "" && way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
