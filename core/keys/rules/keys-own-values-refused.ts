import type { KeysRule } from "./context";

/** A gateway that takes no value of ours. */
export const keysOwnValuesRefused: KeysRule = {
  id: "keys-own-values-refused",
  severity: "error",
  summary: "the gateway refuses the values that keys apply makes",
  why: "keys apply makes the value itself, so that a request whose answer is lost can be sent again without making a second key. With general_settings.disable_custom_api_keys LiteLLM refuses that (LiteLLM 1.108.10).",
  repair: "take general_settings.disable_custom_api_keys out",
  check: (context) =>
    context.gateway.refusesOwnValues && context.keys.some(({ key }) => key.existing === undefined)
      ? [
          context.found(keysOwnValuesRefused, ["keys"], {
            message: "no key of this file could be made",
            repair: keysOwnValuesRefused.repair,
          }),
        ]
      : [],
};
