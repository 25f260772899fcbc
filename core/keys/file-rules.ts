import type { Rule } from "../findings";

/** What can be wrong with the shape of a keys file. */
export const KEYS_FILE_RULES = {
  unknown: {
    id: "keys-unknown-name",
    severity: "error",
    waivable: false,
    summary: "a keys file has a name that does nothing",
    why: "LiteLLM ignores fields that it does not know in silence: a misspelt limit would be no limit.",
    repair: "correct the name, or remove it",
  },
  invalid: {
    id: "keys-invalid-value",
    severity: "error",
    waivable: false,
    summary: "a value of a keys file is missing, of the wrong kind or out of range",
    why: "The gateway would get something else than was meant.",
    repair: "write a value of the kind that is expected",
  },
  duplicate: {
    id: "keys-duplicate",
    severity: "error",
    waivable: false,
    summary: "two keys files describe the same thing",
    why: "Only one of them could be what the gateway has.",
    repair: "remove one of them",
  },
} as const satisfies Record<string, Rule>;
