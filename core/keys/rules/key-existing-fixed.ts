import type { KeysRule } from "./context";

/** A value that this toolkit does not know, and is to deliver or change. */
export const keyExistingFixed: KeysRule = {
  id: "key-existing-fixed",
  severity: "error",
  summary: "a key is given by its hash, and is to be delivered or rotated",
  why: "From a hash no value can be had, and whoever made the value keeps it.",
  repair: "take out deliver and rotate, and write expires; or take out existing and let a new value be made",
  check: (context) =>
    context.keys
      .filter(({ key }) => key.existing !== undefined)
      .flatMap(({ key, path }) =>
        (["deliver", "rotate"] as const)
          .filter((name) => key[name] !== undefined)
          .map((name) =>
            context.foundAtName(keyExistingFixed, [...path, name], {
              message: `${name} cannot be done with a value that is known by its hash only`,
              repair: keyExistingFixed.repair,
            }),
          ),
      ),
};
