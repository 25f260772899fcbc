import { placesOf } from "./budgets";
import type { KeysRule } from "./context";

/** A budget that is used up once and for all. */
export const keysBudgetWithoutDuration: KeysRule = {
  id: "keys-budget-without-duration",
  severity: "warning",
  summary: "a budget is never given anew",
  why: "Without budget_duration LiteLLM counts spend from the first day on: the thing stops for good when it is used up.",
  repair: "write budget_duration: 30d, which LiteLLM resets on the first of the month",
  check: (context) =>
    placesOf(context)
      .filter(({ limits }) => limits.max_budget !== undefined && limits.max_budget > 0 && limits.budget_duration === undefined)
      .map(({ path }) =>
        context.found(keysBudgetWithoutDuration, [...path, "max_budget"], {
          message: "this budget is used up once and for all",
          repair: keysBudgetWithoutDuration.repair,
        }),
      ),
};
