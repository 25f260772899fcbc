import { lstatSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { isWithin } from "../../../core/source";
import { DeliveryError } from "./destination";

/** Where files may be delivered. */
export interface Room {
  /** The project, which names of files are relative to. */
  readonly folder: string;
  /** Other folders that files may be in. */
  readonly beside: readonly string[];
}

/**
 * The absolute path of a file to deliver to, with no link among its folders.
 *
 * @param known folders that were looked at already; those that are passed are added
 * @throws DeliveryError when it is elsewhere, or something else than a folder is in the way
 */
export function spotOf(file: string, { folder, beside }: Room, known: Set<string>): string {
  const path = resolve(folder, file);
  if (known.has(dirname(path))) return path;
  const root = [folder, ...beside].find((each) => isWithin(each, path));
  if (root === undefined)
    throw new DeliveryError(`${file} is outside the project`, "deliver to a file within the folder that this runs in");
  look(dirname(path), root, known);
  return path;
}

/** Looks at a folder and at those above it, up to the root. False where it is not there yet. */
function look(folder: string, root: string, known: Set<string>): boolean {
  if (folder === root || known.has(folder)) return true;
  if (!look(dirname(folder), root, known)) return false;
  const stat = lstatSync(folder, { throwIfNoEntry: false });
  if (!stat) return false;
  const shown = relative(root, folder);
  if (stat.isSymbolicLink())
    throw new DeliveryError(`${shown} is a link, which is not followed`, "name the place itself, or put a folder there");
  if (!stat.isDirectory())
    throw new DeliveryError(`${shown} is a file, and a folder is needed`, "deliver to another place, or move the file away");
  known.add(folder);
  return true;
}
