import type { KeyInput } from "../schema";
import { DEFAULT_SECRET_ENTRY } from "../to-desired";
import type { KeysRule } from "./context";

/** Two keys that would overwrite each other. */
export const keyDestinationShared: KeysRule = {
  id: "key-destination-shared",
  severity: "error",
  summary: "two keys are delivered to the same place",
  why: "The second overwrites the first, so that one of them reaches nobody.",
  repair: "give each key a place of its own",
  check: (context) => {
    const firsts = new Map<string, string>();
    for (const [name, key] of Object.entries(context.all.keys ?? {})) {
      const place = placeOf(key);
      if (place !== undefined && !firsts.has(place)) firsts.set(place, name);
    }
    return context.keys.flatMap(({ name, key, path }) => {
      const first = firsts.get(placeOf(key) ?? "");
      if (first === undefined || first === name) return [];
      const message = `${first} is delivered to the same place`;
      return [context.foundAtName(keyDestinationShared, [...path, "deliver"], { message, repair: keyDestinationShared.repair })];
    });
  },
};

function placeOf({ deliver }: KeyInput): string | undefined {
  if (deliver?.kubernetes) {
    const { namespace, name, key = DEFAULT_SECRET_ENTRY } = deliver.kubernetes;
    return JSON.stringify(["kubernetes", namespace, name, key]);
  }
  if (deliver?.awsSecretsManager) {
    const { name, region = "", field = "" } = deliver.awsSecretsManager;
    return JSON.stringify(["aws", region, name, field]);
  }
  return deliver?.file === undefined ? undefined : JSON.stringify(["file", deliver.file]);
}
