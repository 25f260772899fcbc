import { ROLES } from "../roles";
import type { KeysRule } from "./context";

/** A key that may spend without end. */
export const keyWithoutBudget: KeysRule = {
  id: "key-without-budget",
  severity: "warning",
  summary: "neither a key nor its team has a budget",
  why: "A loop in a program spends until somebody reads the provider's bill.",
  repair: "write max_budget and budget_duration at the key or its team",
  check: (context) =>
    context.keys
      .filter(({ key }) => !(key.role && ROLES[key.role].withoutModels))
      .filter(
        ({ key }) => key.max_budget === undefined && key.budget === undefined && context.teamOf(key)?.max_budget === undefined,
      )
      .map(({ name, path }) =>
        context.foundAtName(keyWithoutBudget, path, {
          message: `nothing limits what ${name} spends`,
          repair: keyWithoutBudget.repair,
        }),
      ),
};
