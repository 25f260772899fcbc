import { nearestName } from "../../../findings";
import type { LintContext, PlacedText } from "../context";
import type { LintRule } from "../lint-rule";

/** A policy that is attached or inherited, and not defined. */
export const policyUndefined: LintRule = {
  id: "policy-undefined",
  severity: "error",
  summary: "an attachment or another policy names a policy that is not defined",
  why: "The attachment adds no guardrail then, so requests pass unchecked (litellm/proxy/policy_engine/policy_matcher.py, LiteLLM 1.108.10).",
  repair: "define it under policies, or correct the name",
  check: (context) => {
    if (context.has(["include"]) || context.isOn(["general_settings", "store_model_in_db"])) return [];
    const known = context.entries(["policies"]).map(([name]) => name);
    return named(context)
      .filter(({ text }) => !known.includes(text))
      .map(({ text, path }) => {
        const near = nearestName(text, known);
        return context.found(policyUndefined, path, {
          message: `no policy is called ${text}`,
          repair: near ? `did you mean ${near}?` : policyUndefined.repair,
        });
      });
  },
};

function named(context: LintContext): PlacedText[] {
  const attached = context.items(["policy_attachments"]).map((_, index) => ["policy_attachments", index, "policy"]);
  const inherited = context.entries(["policies"]).map(([name]) => ["policies", name, "inherit"]);
  return [...attached, ...inherited].flatMap((path) => {
    const text = context.text(path);
    return text === undefined ? [] : [{ text, path }];
  });
}
