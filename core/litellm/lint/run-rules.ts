import type { Finding } from "../../findings";
import type { SourceNode } from "../../source";
import { LintContext } from "./context";
import { LINT_RULES } from "./rules";
import type { Surroundings } from "./surroundings";

/**
 * What the rules find in LiteLLM's configuration, structure and names left out.
 *
 * @param off ids of rules that are not run
 */
export function runRules(root: SourceNode, surroundings: Surroundings, off: ReadonlySet<string> = new Set()): Finding[] {
  const context = new LintContext(root, surroundings);
  return LINT_RULES.filter(({ id }) => !off.has(id)).flatMap((rule) => rule.check(context));
}
