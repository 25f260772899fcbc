import { ownValue } from "../../../source";
import { durationOfWord, durationsIn } from "../durations";
import type { LintRule } from "../lint-rule";

const CALENDAR: Readonly<Record<string, string>> = {
  "30d": "on the first of each month",
  "7d": "on each Monday",
  "1w": "on each Monday",
};

/** A period that ends with the calendar, not after its length. */
export const durationCalendar: LintRule = {
  id: "duration-calendar",
  severity: "note",
  summary: "this period follows the calendar",
  why: "Budgets of 30d are reset on the first of the month and those of 7d or 1w on Monday, at midnight of litellm_settings.timezone; the first period is shorter (_handle_day_reset in litellm/litellm_core_utils/duration_parser.py, tried with LiteLLM 1.108.10).",
  repair: "nothing, where that is wanted; else write another number of days, such as 31d",
  check: (context) =>
    durationsIn(context).flatMap(({ text, path, use }) => {
      const ends = ownValue(CALENDAR, durationOfWord(text) ?? text);
      if (!ends || use !== "reset") return [];
      const message = `this budget is reset ${ends}, not after ${text}`;
      return [context.found(durationCalendar, path, { message, repair: durationCalendar.repair })];
    }),
};
