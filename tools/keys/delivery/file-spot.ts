import { lstatSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { isWithin } from "../../../core/source";
import { DeliveryError } from "./destination";

/**
 * The absolute path of a file to deliver to, without a link in it.
 *
 * @param folder the project, which the name is relative to
 * @param beside other folders that it may be in
 * @throws DeliveryError when it is elsewhere, or something else than folders and a file is in the way
 */
export function spotOf(file: string, folder: string, beside: readonly string[]): string {
  const path = resolve(folder, file);
  const root = [folder, ...beside].find((each) => isWithin(each, path));
  if (root === undefined)
    throw new DeliveryError(`${file} is outside the project`, "deliver to a file within the folder that this runs in");
  const steps = relative(root, path).split(sep);
  steps.every((_step, index) => {
    const here = steps.slice(0, index + 1);
    return isPassable(join(root, ...here), here.join("/"), index === steps.length - 1);
  });
  return path;
}

/** False where nothing is, so that nothing can be below it. */
function isPassable(path: string, shown: string, isLast: boolean): boolean {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (!stat) return false;
  if (stat.isSymbolicLink())
    throw new DeliveryError(`${shown} is a link, which is not followed`, "name the place itself, or put a folder or file there");
  if (!isLast && !stat.isDirectory())
    throw new DeliveryError(`${shown} is a file, and a folder is needed`, "deliver to another place, or move the file away");
  if (isLast && stat.isDirectory()) throw new DeliveryError(`${shown} is a folder`, "name a file in it, or move the folder away");
  return true;
}
