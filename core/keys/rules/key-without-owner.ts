import type { KeysRule } from "./context";

/** A key that nobody answers for. */
export const keyWithoutOwner: KeysRule = {
  id: "key-without-owner",
  severity: "error",
  summary: "a key has no owner",
  why: "When it leaks, is unused or over its budget, there is nobody to ask.",
  repair: "write owner: with a person or a group",
  check: (context) =>
    context.keys
      .filter(({ key }) => key.owner === undefined)
      .map(({ name, path }) =>
        context.foundAtName(keyWithoutOwner, path, { message: `nobody answers for ${name}`, repair: keyWithoutOwner.repair }),
      ),
};
