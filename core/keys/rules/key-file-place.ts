import { resolve } from "node:path";
import { isWithin, placeOfValue } from "../../source";
import { deliveredFile, deliveryFolder } from "../delivered-file";
import type { KeysContext, KeysRule } from "./context";

/** A file that is not in the project, or none at all. */
export const keyFilePlace: KeysRule = {
  id: "key-file-place",
  severity: "error",
  summary: "a key is delivered to something that is no file of the project",
  why: "A keys file that names any path could write anywhere on the machine that applies it. A tilde and variables are the shell's: here they would become folders of that name.",
  repair: "write the path of a file in the project, relative to this one",
  check: (context) =>
    context.keys.flatMap(({ name, key: { deliver }, path }) => {
      const file = deliver?.file;
      const message = file === undefined ? undefined : whatIsWrong(context, name, file);
      if (file === undefined || message === undefined) return [];
      const repair = `${keyFilePlace.repair}, such as ../.local/keys/${name}`;
      return [context.found(keyFilePlace, [...path, "deliver", "file"], { message, got: JSON.stringify(file), repair })];
    }),
};

function whatIsWrong({ root, files, gateway }: KeysContext, key: string, file: string): string | undefined {
  if (/\p{Cc}/u.test(file)) return "no file has such a name";
  if (file.startsWith("~")) return "~ is not replaced by the home directory";
  if (/[$%]\{?\w/.test(file)) return "variables are not replaced here";
  if (/^(?:[/\\]|[A-Za-z]:[/\\])/.test(file)) return "this is not a place in the project";
  if (/(?:^|[/\\])\.{0,2}$/.test(file)) return "this is a folder";
  const from = placeOfValue(root, ["keys", key, "deliver", "file"]).file;
  const path = deliveredFile(root, key, file);
  if (!isWithin(deliveryFolder(from), path)) return "this is outside the project";
  if (resolve(gateway.environmentFile ?? "") === resolve(path)) return "this is the environment file";
  return files.some((other) => resolve(other.root.place.file) === resolve(path)) ? "this is a keys file" : undefined;
}
