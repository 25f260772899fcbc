import { milliseconds } from "../durations";
import type { KeyInput, TeamInput } from "../schema";
import type { KeysRule } from "./context";

/** A key that promises more than its team has. */
export const keyBudgetAboveTeam: KeysRule = {
  id: "key-budget-above-team",
  severity: "error",
  summary: "a key has a larger budget than its team",
  why: "The team's budget ends first: the number at the key is never reached, and one key can spend all that the team has.",
  repair: "lower max_budget of the key, or raise that of the team",
  check: (context) =>
    context.keys.flatMap(({ key, path }) => {
      const team = context.teamOf(key);
      if (key.max_budget === undefined || team?.max_budget === undefined || !isAbove(key, team)) return [];
      return [
        context.found(keyBudgetAboveTeam, [...path, "max_budget"], {
          message: `team ${key.team_id} has ${amount(team)}`,
          got: amount(key),
          repair: keyBudgetAboveTeam.repair,
        }),
      ];
    }),
};

type Budget = Pick<KeyInput | TeamInput, "max_budget" | "budget_duration">;

/** Amounts of different periods are compared by the day, where both have a fixed length. */
function isAbove(key: Budget, team: Budget): boolean {
  const [mine, theirs] = [lengthOf(key), lengthOf(team)];
  const scale = mine !== undefined && theirs !== undefined ? theirs / mine : 1;
  return (key.max_budget ?? 0) * scale > (team.max_budget ?? 0) * (1 + Number.EPSILON);
}

function lengthOf({ budget_duration }: Budget): number | undefined {
  return budget_duration === undefined ? undefined : milliseconds(budget_duration);
}

function amount({ max_budget, budget_duration }: Budget): string {
  return `${max_budget} USD${budget_duration ? ` per ${budget_duration}` : ""}`;
}
