import { join, resolve, sep } from "node:path";
import type { MapNode } from "../../source";
import { deliveredFile, deliveryFolder } from "../delivered-file";
import type { KeysContext, KeysRule } from "./context";

/** A file that is not in the project, or none at all. */
export const keyFilePlace: KeysRule = {
  id: "key-file-place",
  severity: "error",
  summary: "a key is delivered to something that is no file of the project",
  why: "A keys file that names any path could write anywhere on the machine that applies it. A tilde and variables are the shell's: here they would become folders of that name.",
  repair: "write the path of a file in the project, relative to this one",
  check: (context) => {
    const grounds = groundsOf(context);
    return context.keys.flatMap(({ name, key: { deliver }, path }) => {
      const file = deliver?.file;
      const message = file === undefined ? undefined : (whatIsNoFile(file) ?? whereItIs(file, context.root, grounds));
      if (file === undefined || message === undefined) return [];
      const repair = `${keyFilePlace.repair}, such as ../.local/keys/${name}`;
      return [context.found(keyFilePlace, [...path, "deliver", "file"], { message, got: JSON.stringify(file), repair })];
    });
  },
};

function whatIsNoFile(file: string): string | undefined {
  if (/\p{Cc}/u.test(file)) return "no file has such a name";
  if (file.startsWith("~")) return "~ is not replaced by the home directory";
  if (/[$%]\{?\w/.test(file)) return "variables are not replaced here";
  if (/^(?:[/\\]|[A-Za-z]:[/\\])/.test(file)) return "this is not a place in the project";
  if (/\.cdktf-litellm$/i.test(file)) return "files of this ending say whose the file beside them is";
  return /(?:^|[/\\])\.{0,2}$/.test(file) ? "this is a folder" : undefined;
}

interface Grounds {
  /** The folder that files may be in, with a slash at its end. */
  readonly within: string;
  /** Files that are none to deliver to, by what they are. */
  readonly taken: ReadonlyMap<string, string>;
}

function groundsOf({ root, files, gateway: { environmentFile } }: KeysContext): Grounds {
  const keysFiles = files.map((each) => [resolve(each.root.place.file), "this is a keys file"] as const);
  const own = environmentFile === undefined ? [] : [[resolve(environmentFile), "this is the environment file"] as const];
  return { within: join(resolve(deliveryFolder(root.place.file)), sep), taken: new Map([...keysFiles, ...own]) };
}

function whereItIs(file: string, root: MapNode, { within, taken }: Grounds): string | undefined {
  const path = resolve(deliveredFile(root, file));
  return path.startsWith(within) ? taken.get(path) : "this is outside the project";
}
