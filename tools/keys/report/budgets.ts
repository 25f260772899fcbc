import type { Current, CurrentObject } from "../plan";
import { type BudgetLine, byText, type Concern } from "./key-report";
import { numberIn, shownTime, textIn, timeIn } from "./row-fields";

const NEARLY = 80;

/** Finds the budget of a thing: its own, or the one that it names. */
export type BudgetOf = (row: CurrentObject) => CurrentObject | undefined;

/** Budgets by what names them. */
export function budgetsOf(current: Current): BudgetOf {
  const shared = new Map(current.objects.filter(({ kind }) => kind === "budget").map((row) => [row.id, row]));
  return (row) => {
    if (numberIn(row, "max_budget") !== undefined) return row;
    const named = shared.get(textIn(row, "budget_id") ?? "");
    return named && numberIn(named, "max_budget") !== undefined ? named : undefined;
  };
}

/**
 * Spend beside the budget, for everything that has one; LiteLLM counts the spend from the last reset. Of tags it gives none
 * (`/tag/list`, LiteLLM 1.108.10).
 */
export function budgetLine(row: CurrentObject, name: string, budgetOf: BudgetOf): BudgetLine | undefined {
  const from = budgetOf(row);
  const budget = from && numberIn(from, "max_budget");
  if (row.kind === "budget" || budget === undefined) return undefined;
  const spend = numberIn(row, "spend") ?? null;
  const resets = timeIn(row, "budget_reset_at") ?? (from && timeIn(from, "budget_reset_at"));
  const duration = from && textIn(from, "budget_duration");
  return {
    ...{ kind: row.kind, name, spend, budget },
    percent: spend === null ? null : budget > 0 ? Math.floor((spend / budget) * 100) : 100,
    ...(duration !== undefined && { duration }),
    ...(resets !== undefined && { resets: shownTime(resets) }),
  };
}

/** The fullest budgets first; those of which nothing is known last. */
export function compareBudgets(a: BudgetLine, b: BudgetLine): number {
  return (b.percent ?? -1) - (a.percent ?? -1) || byText(a.kind, b.kind) || byText(a.name, b.name);
}

/** A budget that is spent, or nearly. */
export function budgetConcern(line: BudgetLine, ours: boolean): Concern | undefined {
  const { kind, name, percent, spend, budget, resets } = line;
  if (spend === null || percent === null || percent < NEARLY) return undefined;
  const until = resets === undefined ? ", and it is never reset" : `, reset on ${resets.slice(0, 10)}`;
  const message = `spent ${shownDollars(spend)} of ${shownDollars(budget)} USD (${percent} %)${until}`;
  return { concern: percent >= 100 ? "over-budget" : "near-budget", kind, name, ours, message };
}

/** An amount for people: whole cents; less than one with four digits that count. */
export function shownDollars(amount: number): string {
  return amount === 0 || amount >= 0.01 ? amount.toFixed(2) : amount.toPrecision(4).replace(/0+$/, "");
}
