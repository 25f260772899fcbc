import { isFrom } from "../../release";
import { durationOfWord, durationsIn } from "../durations";
import type { LintRule } from "../lint-rule";

/** The first release looked at that knows the words; 1.92.2 does not. */
const KNOWN_SINCE = "1.96.2";

/** A word in the place of a duration. */
export const durationWord: LintRule = {
  id: "duration-word",
  severity: "note",
  summary: "a word stands for a duration",
  why: "LiteLLM 1.96.2 and later take monthly, weekly, daily and hourly. 1.92.2 and earlier do not: there the budget of a month is given anew at each midnight, or the request that sets it fails (litellm/litellm_core_utils/duration_parser.py, LiteLLM 1.83.14 to 1.109.1).",
  repair: "write 30d, 7d, 24h or 1h",
  check: (context) =>
    durationsIn(context).flatMap(({ text, path }) => {
      const plain = durationOfWord(text);
      if (!plain) return [];
      const isKnown = isFrom(context.version, KNOWN_SINCE);
      const message = isKnown
        ? `${text} is one of four words that newer releases take`
        : `LiteLLM ${context.version} does not understand ${text}`;
      const finding = context.found(durationWord, path, { message, repair: `write ${plain}, which every release understands` });
      return [isKnown ? finding : { ...finding, severity: "error" as const }];
    }),
};
