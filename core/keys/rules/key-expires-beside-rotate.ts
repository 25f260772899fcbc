import type { KeysRule } from "./context";

/** A key that is to end, and to go on. */
export const keyExpiresBesideRotate: KeysRule = {
  id: "key-expires-beside-rotate",
  severity: "error",
  summary: "a key has both a last day and a rotation",
  why: "A key that rotates gets a new value for as long as it is in the file: the last day would be passed over in silence.",
  repair: "keep expires for a key that ends, or rotate for one that goes on",
  check: (context) =>
    context.keys
      .filter(({ key }) => key.expires !== undefined && key.rotate !== undefined)
      .map(({ name, path }) =>
        context.found(keyExpiresBesideRotate, [...path, "expires"], {
          message: `${name} rotates, so this day would end nothing`,
          repair: keyExpiresBesideRotate.repair,
        }),
      ),
};
