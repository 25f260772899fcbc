import type { LintRule } from "../lint-rule";

/** A budget that has no period, where LiteLLM wants one. */
export const budgetWithoutDuration: LintRule = {
  id: "budget-without-duration",
  severity: "error",
  summary: "a budget has no period",
  why: "The budget of the whole proxy ends the start of a gateway with a database when it has no budget_duration: budget_duration is required to use max_budget. A deployment's budget without one is not kept at all (add_proxy_budget_to_db in litellm/proxy/proxy_server.py, litellm/router_strategy/budget_limiter.py, LiteLLM 1.108.10).",
  repair: "add budget_duration",
  check: (context) => {
    const budget = Number(context.value(["litellm_settings", "max_budget"]) ?? 0);
    const proxy =
      budget > 0 && !context.has(["litellm_settings", "budget_duration"])
        ? [
            context.foundAtName(budgetWithoutDuration, ["litellm_settings", "max_budget"], {
              message: "a budget of the whole proxy without budget_duration ends the start of a gateway with a database",
              repair: "add litellm_settings.budget_duration, such as 30d",
            }),
          ]
        : [];
    const deployments = context.deployments
      .filter(({ path }) => context.has([...path, "litellm_params", "max_budget"]))
      .filter(({ path }) => !context.has([...path, "litellm_params", "budget_duration"]))
      .map(({ path }) =>
        context.foundAtName(budgetWithoutDuration, [...path, "litellm_params", "max_budget"], {
          message: "without budget_duration LiteLLM does not keep this budget",
          repair: "add budget_duration, such as 30d",
        }),
      );
    return [...proxy, ...deployments];
  },
};
