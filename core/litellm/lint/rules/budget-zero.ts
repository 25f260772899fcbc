import type { Path } from "../../../source";
import type { LintContext } from "../context";
import type { LintRule } from "../lint-rule";

/** A budget of nothing. */
export const budgetZero: LintRule = {
  id: "budget-zero",
  severity: "error",
  summary: "a budget is zero",
  why: "For users, teams and keys a budget of 0 is used up at once: every request is refused with 422, free models too unless both prices of all their deployments are written as 0. For deployments, providers, tags and the whole proxy 0 means that there is no budget (litellm/proxy/auth/auth_checks.py and litellm/router_strategy/budget_limiter.py, tried with LiteLLM 1.108.10).",
  repair: "leave max_budget out where there is no limit",
  check: (context) => [
    ...zeros(context, usersBudgets()).map((path) =>
      context.found(budgetZero, path, {
        message: "whoever gets this budget has used it up at once, and every request is refused",
        repair: "leave it out for no limit; to keep somebody out, grant no models",
      }),
    ),
    ...zeros(context, routersBudgets(context)).map((path) =>
      context.found(budgetZero, path, {
        message: "LiteLLM takes 0 for no budget here, so nothing is limited",
        repair: "write the limit, or leave it out",
      }),
    ),
  ],
};

function usersBudgets(): Path[] {
  return [
    "default_internal_user_params",
    "default_team_params",
    "default_key_generate_params",
    "upperbound_key_generate_params",
  ].map((setting) => ["litellm_settings", setting, "max_budget"]);
}

function routersBudgets(context: LintContext): Path[] {
  const named: Path[] = [
    ["router_settings", "provider_budget_config"],
    ["litellm_settings", "tag_budget_config"],
  ];
  const budgets = named.flatMap((path) =>
    context.entries(path).flatMap(([name]) => ["max_budget", "budget_limit"].map((key): Path => [...path, name, key])),
  );
  const deployments = context.deployments.map(({ path }): Path => [...path, "litellm_params", "max_budget"]);
  return [...budgets, ...deployments];
}

function zeros(context: LintContext, paths: readonly Path[]): Path[] {
  return paths.filter((path) => {
    const value = context.value(path);
    return value === 0 || (typeof value === "string" && value.trim() !== "" && Number(value) === 0);
  });
}
