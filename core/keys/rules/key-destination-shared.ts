import { isAbsolute, relative } from "node:path";
import { deliveredFile } from "../delivered-file";
import type { KeyInput } from "../schema";
import { DEFAULT_SECRET_ENTRY } from "../to-desired";
import type { KeysContext, KeysFile, KeysRule } from "./context";

/** Two keys that would overwrite each other. */
export const keyDestinationShared: KeysRule = {
  id: "key-destination-shared",
  severity: "error",
  summary: "two keys are delivered to the same place",
  why: "The second overwrites the first, so that one of them reaches nobody.",
  repair: "give each key a place of its own",
  check: (context) => {
    const firsts = firstsOf(context);
    return context.keys.flatMap(({ name, path }) => {
      const first = firsts.get(name);
      if (first === undefined) return [];
      const message = `${first} is delivered to the same place`;
      return [context.foundAtName(keyDestinationShared, [...path, "deliver"], { message, repair: keyDestinationShared.repair })];
    });
  },
};

/** By the names of keys whose place is taken: the key that has it. */
function firstsOf({ files }: KeysContext): Map<string, string> {
  const holders = new Map<string, string>();
  const firsts = new Map<string, string>();
  for (const { name, takes, meets } of files.flatMap(placesIn)) {
    const met = meets.find((place) => (holders.get(place) ?? name) !== name);
    if (met !== undefined && !firsts.has(name)) firsts.set(name, holders.get(met) ?? name);
    for (const place of takes) if (!holders.has(place)) holders.set(place, name);
  }
  return firsts;
}

function placesIn({ root, input }: KeysFile): (Places & { readonly name: string })[] {
  return Object.entries(input.keys ?? {}).flatMap(([name, { deliver }]) =>
    deliver ? [{ name, ...placeOf(deliver, (file) => fromHere(deliveredFile(root, file))) }] : [],
  );
}

/** Names of files are relative to the working directory, but for keys files that are named from the root. */
function fromHere(file: string): string {
  return isAbsolute(file) ? relative("", file) : file;
}

interface Places {
  readonly takes: readonly string[];
  /** Places that nobody else may have taken. */
  readonly meets: readonly string[];
}

/** @param pathOf one name for each file, however it is written */
function placeOf(deliver: NonNullable<KeyInput["deliver"]>, pathOf: (file: string) => string): Places {
  if (deliver.kubernetes) {
    const { namespace, name, key = DEFAULT_SECRET_ENTRY } = deliver.kubernetes;
    return alone(JSON.stringify(["kubernetes", namespace, name, key]));
  }
  if (deliver.awsSecretsManager) {
    const { name, region = "", field } = deliver.awsSecretsManager;
    const [whole, some] = [JSON.stringify(["aws", region, name]), JSON.stringify(["aws, a field", region, name])];
    // A key that is the whole secret leaves no room for fields.
    if (field === undefined) return { takes: [whole], meets: [whole, some] };
    const own = JSON.stringify(["aws", region, name, field]);
    return { takes: [own, some], meets: [own, whole] };
  }
  return alone(`file ${pathOf(deliver.file ?? "")}`);
}

function alone(place: string): Places {
  const places = [place];
  return { takes: places, meets: places };
}
