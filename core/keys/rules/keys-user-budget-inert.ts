import { ROLES } from "../roles";
import type { KeysContext, KeysRule } from "./context";

/** A limit of a user that none of the user's keys meets. */
export const keysUserBudgetInert: KeysRule = {
  id: "keys-user-budget-inert",
  severity: "note",
  summary: "a user's budget holds none of the user's keys",
  why: "LiteLLM looks at the budget of a key's user only where the key has no team, unless general_settings.apply_user_budget_to_team_keys is true: with keys of teams the user spends on beyond it (LiteLLM 1.108.10).",
  repair: "write max_budget at the user's keys, or set general_settings.apply_user_budget_to_team_keys of LiteLLM to true",
  check: (context) => {
    if (context.gateway.userBudgetForTeamKeys) return [];
    const ofTeams = usersOfTeamKeys(context);
    return Object.entries(context.input.users ?? {})
      .filter(([name, { max_budget }]) => max_budget !== undefined && ofTeams.has(name))
      .map(([name]) =>
        context.found(keysUserBudgetInert, ["users", name, "max_budget"], {
          message: `every key of ${name} has a team, so this limit holds none of them`,
          repair: keysUserBudgetInert.repair,
        }),
      );
  },
};

/** Users all of whose keys have a team, in whatever file they stand; keys that ask no model spend nothing. */
function usersOfTeamKeys({ all }: KeysContext): ReadonlySet<string> {
  const spending = Object.values(all.keys ?? {}).filter(({ role }) => !(role && ROLES[role].withoutModels));
  const users = new Set(spending.flatMap(({ user_id, team_id }) => (user_id && team_id ? [user_id] : [])));
  for (const { user_id, team_id } of spending) if (user_id && !team_id) users.delete(user_id);
  return users;
}
