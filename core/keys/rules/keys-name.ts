import type { KeysRule } from "./context";

/** The generation is added to a key's name: `ci-eval.g3` is its alias. */
const KEY = /^[a-z0-9][a-z0-9._-]{0,59}$/;
const OTHER = /^[^\p{Cc}/]{1,200}$/u;

/** A name that would make trouble on its way. */
export const keysName: KeysRule = {
  id: "keys-name",
  severity: "error",
  summary: "a name of a keys file cannot be used",
  why: "Names become aliases and parts of addresses in LiteLLM, which refuses control characters and reads a slash as a path.",
  repair: "for a key use at most 60 lower-case letters, digits, dots, hyphens and underscores",
  check: (context) =>
    Object.entries(context.input).flatMap(([kind, entries]) =>
      Object.keys(entries ?? {})
        .filter((name) => !(kind === "keys" ? KEY : OTHER).test(name))
        .map((name) =>
          context.foundAtName(keysName, [kind, name], { message: "this cannot be a name here", repair: keysName.repair }),
        ),
    ),
};
