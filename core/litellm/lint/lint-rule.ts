import type { Finding, Rule } from "../../findings";
import type { MapNode } from "../../source";
import type { LintContext } from "./context";

/** A rule about LiteLLM's own configuration: what is wrong, why it matters, and the check that finds it. */
export interface LintRule extends Rule {
  /** Every place where the configuration breaks the rule. */
  readonly check: (context: LintContext) => Finding[];
}

/** Whether a mapping has one of the names. */
export function hasAny(node: MapNode | undefined, names: readonly string[]): boolean {
  return names.some((name) => node?.entries.has(name));
}
