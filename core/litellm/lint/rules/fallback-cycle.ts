import { isFrom } from "../../release";
import { type FallbackChain, fallbackChains } from "../fallbacks";
import type { LintRule } from "../lint-rule";

/** The first release looked at that tries no group twice for a request; 1.96.2 does. */
const HARMLESS_SINCE = "1.100.5";

/** Groups whose fallbacks lead back to where they began. */
export const fallbackCycle: LintRule = {
  id: "fallback-cycle",
  severity: "warning",
  summary: "fallbacks lead back to where they began",
  why: "LiteLLM 1.96.2 and earlier go round the circle until max_fallbacks, with all retries of each group, before the client hears of the failure. From 1.100.5 on a group is tried once for a request (AttemptedFallbackTargets in litellm/router_utils/fallback_event_handlers.py), so that a circle costs nothing; when all its groups are down, there is no way out of it.",
  repair: "let the last group of the circle fall back to one outside of it, where that is wanted",
  check: (context) => {
    const chains = fallbackChains(context).filter(({ setting }) => setting === "fallbacks");
    const isHarmless = isFrom(context.version, HARMLESS_SINCE);
    return circlesOf(chains).flatMap((circle) => {
      const [first = ""] = circle;
      const start = chains.find(({ from }) => from === first);
      // Two groups that stand in for each other are a common layout, and meant.
      if (!start || (isHarmless && (circle.length < 3 || leavesCircle(circle, chains)))) return [];
      const message = `these fallbacks lead in a circle: ${[...circle, first].join(" → ")}`;
      const finding = context.foundAtName(fallbackCycle, start.path, { message, repair: fallbackCycle.repair });
      return [isHarmless ? { ...finding, severity: "note" as const } : finding];
    });
  },
};

/** Circles of two groups or more, each once, beginning with the group that is written first. */
function circlesOf(chains: readonly FallbackChain[]): string[][] {
  const next = new Map(chains.map(({ from, targets }) => [from, targets.map(({ name }) => name)]));
  const done = new Set<string>();
  const circles: string[][] = [];
  // The way from the first group to the present one; a set keeps its order.
  const trail = new Set<string>();
  const walk = (name: string): void => {
    trail.add(name);
    for (const target of next.get(name) ?? []) {
      if (trail.has(target) && target !== name) circles.push([...trail].slice([...trail].indexOf(target)));
      else if (!done.has(target) && target !== name) walk(target);
    }
    trail.delete(name);
    done.add(name);
  };
  for (const { from } of chains) if (!done.has(from)) walk(from);
  return circles;
}

function leavesCircle(circle: readonly string[], chains: readonly FallbackChain[]): boolean {
  return chains.some(({ from, targets }) => circle.includes(from) && targets.some(({ name }) => !circle.includes(name)));
}
