import { placesOf } from "./budgets";
import type { KeysRule } from "./context";

const KNOWN = /^[1-9]\d{0,5}(s|m|h|d|w|mo)$/;
const PREFIX = /^([1-9]\d{0,5}(?:mo|[smhdw]))/;

/** A period that LiteLLM refuses, or reads as another one. */
export const keysDuration: KeysRule = {
  id: "keys-duration",
  severity: "error",
  summary: "LiteLLM refuses this budget_duration, or reads it as another one",
  why: "1y, 30 and 30D are refused with 400, and 30days is reset at every midnight. Words such as monthly are read from 1.108 on, and raised an error before (tried with LiteLLM 1.108.10).",
  repair: "write a number and s, m, h, d, w or mo",
  check: (context) =>
    placesOf(context).flatMap(({ path, limits: { budget_duration: text } }) => {
      if (text === undefined || KNOWN.test(text)) return [];
      const meant = PREFIX.exec(text)?.[1];
      const message = meant ? "this budget would be reset at every midnight" : "this is not a period that every version reads";
      const repair = meant ? `write ${meant}` : keysDuration.repair;
      return [context.found(keysDuration, [...path, "budget_duration"], { message, got: text, repair })];
    }),
};
