import { nearestName } from "../../../findings";
import type { LintContext, PlacedText } from "../context";
import type { LintRule } from "../lint-rule";

/** A guardrail that is named and not defined. */
export const guardrailUndefined: LintRule = {
  id: "guardrail-undefined",
  severity: "error",
  summary: "a deployment or a policy names a guardrail that is not defined",
  why: "A guardrail runs when its name is asked for. Nothing has this name, so nothing runs and the request passes unchecked (should_run_guardrail in litellm/integrations/custom_guardrail.py, LiteLLM 1.108.10).",
  repair: "define it under guardrails, or correct the name",
  check: (context) => {
    if (context.has(["include"]) || context.isOn(["general_settings", "store_model_in_db"])) return [];
    const known = definedGuardrails(context);
    return named(context)
      .filter(({ text }) => !known.includes(text))
      .map(({ text, path }) => {
        const near = nearestName(text, known);
        return context.found(guardrailUndefined, path, {
          message: `no guardrail is called ${text}, so nothing is checked here`,
          repair: near ? `did you mean ${near}?` : guardrailUndefined.repair,
        });
      });
  },
};

function definedGuardrails(context: LintContext): string[] {
  const listed = context.items(["guardrails"]).map((_, index) => context.text(["guardrails", index, "guardrail_name"]));
  const older = context
    .items(["litellm_settings", "guardrails"])
    .flatMap((_, index) => context.entries(["litellm_settings", "guardrails", index]).map(([name]) => name));
  return [...listed, ...older].filter((name) => name !== undefined);
}

function named(context: LintContext): PlacedText[] {
  const deployed = context.deployments.flatMap(({ path }) => context.texts([...path, "litellm_params", "guardrails"]));
  const policies = context
    .entries(["policies"])
    .flatMap(([name]) => ["add", "remove"].flatMap((list) => context.texts(["policies", name, "guardrails", list])));
  return [...deployed, ...policies];
}
