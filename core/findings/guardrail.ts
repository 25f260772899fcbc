const PREFIX = "guard-";

/**
 * Whether `rule` is the id of a guardrail: a rule that judges synthesized stacks and not the text that they were made from.
 * Waivers of such rules wait until the stacks are there.
 */
export function isGuardrail(rule: string): boolean {
  return rule.startsWith(PREFIX);
}
