import type { KeysRule } from "./context";

/** A key whose last day is over. */
export const keyExpired: KeysRule = {
  id: "key-expired",
  severity: "warning",
  summary: "a key's last day is over",
  why: "keys apply ends it in the gateway where LiteLLM has not done so itself, and makes no new value for it.",
  repair: "write a later date, rotate it, or take it out of the file",
  check: (context) =>
    context.keys.flatMap(({ name, key, path }) =>
      key.expires !== undefined && !key.rotate && key.expires < context.gateway.today
        ? [
            context.found(keyExpired, [...path, "expires"], {
              message: `${name} has expired`,
              got: key.expires,
              repair: keyExpired.repair,
            }),
          ]
        : [],
    ),
};
