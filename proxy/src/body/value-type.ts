import { LIST, OPEN, QUOTE } from "./json-bytes";
import { BodyProblem } from "./problem";
import type { RuleNode } from "./rule-tree";

/** Whether the rules name members inside of this one. */
export function hasInside(rule: RuleNode): boolean {
  return rule.children.size > 0 || rule.prefixes.length > 0;
}

/**
 * Checks the type of a value by its first byte. `null` (and whatever begins like it) is no value, and always fine.
 *
 * @throws BodyProblem `wrong_type`
 */
export function checkType(rule: RuleNode, first: number): void {
  if (first === 0x6e) return;
  if ((rule.object || hasInside(rule)) && first !== OPEN) throw wrongType(rule, "an object");
  if (rule.text && first !== QUOTE) throw wrongType(rule, "text");
  if (rule.read && (first === OPEN || first === LIST)) throw wrongType(rule, "a single value");
}

function wrongType(rule: RuleNode, expected: string): BodyProblem {
  return new BodyProblem("wrong_type", `the member ${rule.path} must be ${expected}`);
}
