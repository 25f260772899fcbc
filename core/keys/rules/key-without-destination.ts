import type { KeysRule } from "./context";

/** A key whose value nobody would get. */
export const keyWithoutDestination: KeysRule = {
  id: "key-without-destination",
  severity: "error",
  summary: "a key has no destination",
  why: "Its value goes from the request that makes it to its destination and is then forgotten; LiteLLM keeps only a hash.",
  repair: "write deliver: with kubernetes, awsSecretsManager or file; or existing: with the hash of a value that is in use",
  check: (context) =>
    context.keys
      .filter(({ key }) => key.deliver === undefined && key.existing === undefined)
      .map(({ name, path }) =>
        context.foundAtName(keyWithoutDestination, path, {
          message: `nobody would get the value of ${name}`,
          repair: keyWithoutDestination.repair,
        }),
      ),
};
