import type { Rule } from "../findings";
import type { RuleExplanation } from "./explanation";

/** A rule by its id; undefined where none has it. */
export function explainRule(id: string, rules: readonly Rule[]): RuleExplanation | undefined {
  const rule = rules.find((known) => known.id === id);
  if (!rule) return undefined;
  const { severity, summary, why, repair, waivable = true } = rule;
  return { kind: "rule", id, severity, summary, why, repair, waivable, docs: `docs/errors.md#${id}` };
}
