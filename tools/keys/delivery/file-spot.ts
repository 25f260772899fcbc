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

/** A place for a file. */
export interface Spot {
  /** Absolute. */
  readonly path: string;
  /** Whether its folder is there. Without it there is no file. */
  readonly hasFolder: boolean;
}

/**
 * Where a file is to be delivered, with no link among its folders.
 *
 * @param known folders that were looked at already, and whether they are there; those that are looked at are added
 * @throws DeliveryError when it is elsewhere, or something else than a folder is in the way
 */
export function spotOf(file: string, { folder, beside }: Room, known: Map<string, boolean>): Spot {
  const path = resolve(folder, file);
  const own = dirname(path);
  const hasFolder = known.get(own);
  if (hasFolder !== undefined) return { path, hasFolder };
  const root = [folder, ...beside].find((each) => isWithin(each, path));
  if (root === undefined)
    throw new DeliveryError(`${file} is outside the project`, "deliver to a file within the folder that this runs in");
  return { path, hasFolder: look(own, root, known) };
}

/** Looks at a folder and at those above it, up to the root. False where it is not there yet. */
function look(folder: string, root: string, known: Map<string, boolean>): boolean {
  const isThere = folder === root || (known.get(folder) ?? (look(dirname(folder), root, known) && isFolder(folder, root)));
  known.set(folder, isThere);
  return isThere;
}

/** @throws DeliveryError when something else is there */
function isFolder(path: string, root: string): boolean {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (!stat) return false;
  const shown = relative(root, path);
  if (stat.isSymbolicLink())
    throw new DeliveryError(`${shown} is a link, which is not followed`, "name the place itself, or put a folder there");
  if (!stat.isDirectory())
    throw new DeliveryError(`${shown} is a file, and a folder is needed`, "deliver to another place, or move the file away");
  return true;
}
