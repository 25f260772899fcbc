import { besideFile, type MapNode, placeOfValue } from "../source";

/** The file that a key is delivered to, relative to the working directory: in the keys file it is relative to that one. */
export function deliveredFile(root: MapNode, key: string, file: string): string {
  return besideFile(placeOfValue(root, ["keys", key, "deliver", "file"]).file, file);
}
