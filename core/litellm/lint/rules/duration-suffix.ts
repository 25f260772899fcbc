import { durationsIn } from "../durations";
import type { LintRule } from "../lint-rule";

/** A duration of which LiteLLM reads a part. */
export const durationSuffix: LintRule = {
  id: "duration-suffix",
  severity: "error",
  summary: "LiteLLM reads this duration as another one",
  why: "LiteLLM accepts 30days because it begins with 30d. But the end of a budget's period is worked out by another function, which does not know the unit days and takes the next midnight: the monthly budget is given anew every day (get_next_standardized_reset_time in litellm/litellm_core_utils/duration_parser.py, tried with LiteLLM 1.108.10).",
  repair: "write the unit as s, m, h, d, w or mo",
  check: (context) =>
    durationsIn(context).flatMap(({ text, path, use }) => {
      const read = /^\d+(?:mo|[smhdw])/.exec(text)?.[0];
      if (read === undefined || read === text || Number.parseInt(read, 10) === 0) return [];
      const message =
        use === "reset" ? "this budget is reset at every midnight" : `LiteLLM reads ${read} and does not look at the rest`;
      return [context.found(durationSuffix, path, { message, got: JSON.stringify(text), repair: `write ${read}` })];
    }),
};
