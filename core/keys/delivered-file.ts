import { dirname, join } from "node:path";
import { besideFile, isWithin, type MapNode } from "../source";

/** The file that a key is delivered to, relative to the working directory: in the keys file it is relative to that one. */
export function deliveredFile({ place }: MapNode, file: string): string {
  return besideFile(place.file, file);
}

/**
 * The folder that the keys of a keys file may be delivered in: the working directory, which is the project. Of a keys file
 * from elsewhere it is the one above its own, as environments/ stands in a project.
 */
export function deliveryFolder(keysFile: string): string {
  return isWithin(".", keysFile) ? "." : join(dirname(keysFile), "..");
}
