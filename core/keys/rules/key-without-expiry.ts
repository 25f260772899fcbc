import type { KeysRule } from "./context";

/** A key that nothing ends. */
export const keyWithoutExpiry: KeysRule = {
  id: "key-without-expiry",
  severity: "error",
  summary: "a key neither expires nor rotates",
  why: "A value that leaked works for as long as nobody notices.",
  repair: "write expires: <date>, or rotate: { every: 90d }",
  check: (context) =>
    context.keys
      .filter(({ key }) => key.expires === undefined && key.rotate === undefined)
      .map(({ name, path }) =>
        context.foundAtName(keyWithoutExpiry, path, { message: `${name} never ends`, repair: keyWithoutExpiry.repair }),
      ),
};
