import { placesOf } from "./budgets";
import type { KeysRule } from "./context";

/** A budget of nothing. */
export const keysBudgetZero: KeysRule = {
  id: "keys-budget-zero",
  severity: "error",
  summary: "a budget is 0",
  why: "LiteLLM takes it as no money at all, not as no limit: the first request is answered with 422 (tried with LiteLLM 1.108.10).",
  repair: "write an amount, leave the line out for no limit, or write blocked: true",
  check: (context) =>
    placesOf(context).flatMap(({ path, limits }) =>
      limits.max_budget === 0
        ? [
            context.found(keysBudgetZero, [...path, "max_budget"], {
              message: "no request would be answered",
              repair: keysBudgetZero.repair,
            }),
          ]
        : [],
    ),
};
