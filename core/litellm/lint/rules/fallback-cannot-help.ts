import type { LintContext } from "../context";
import { fallbackChains } from "../fallbacks";
import type { LintRule } from "../lint-rule";

/** Modes that answer the same requests. */
const TEXT = new Set(["chat", "completion", "responses", "realtime"]);

/** A fallback to a group that cannot answer either. */
export const fallbackCannotHelp: LintRule = {
  id: "fallback-cannot-help",
  severity: "warning",
  summary: "a fallback leads to a group that cannot answer either",
  why: "A chat that falls back to an embedding model fails again. A context-window fallback is used when a prompt was too long, and a group with no larger window refuses it too (modes and windows as in litellm/model_prices_and_context_window_backup.json).",
  repair: "name a group of the same mode, with a larger context window",
  check: (context) => {
    const groups = new Map<string, Group | undefined>();
    const groupOf = (name: string): Group | undefined => {
      if (!groups.has(name)) groups.set(name, describe(context, context.groups.aliases.get(name) ?? name));
      return groups.get(name);
    };
    return fallbackChains(context).flatMap(({ from, targets, setting }) =>
      targets.flatMap(({ name, path }) => {
        const [source, target] = [groupOf(from), groupOf(name)];
        const message = source && target && name !== from ? whyNot(from, source, name, target, setting) : undefined;
        return message ? [context.found(fallbackCannotHelp, path, { message, repair: fallbackCannotHelp.repair })] : [];
      }),
    );
  },
};

interface Group {
  readonly mode?: string;
  /** The largest window of its deployments. */
  readonly window?: number;
}

function whyNot(from: string, source: Group, name: string, target: Group, setting: string): string | undefined {
  if (source.mode && target.mode && source.mode !== target.mode && !(TEXT.has(source.mode) && TEXT.has(target.mode)))
    return `${from} is for ${source.mode}, and ${name} is for ${target.mode}`;
  if (setting !== "context_window_fallbacks" || !source.window || !target.window || target.window > source.window)
    return undefined;
  return `${name} takes ${target.window} tokens, no more than the ${source.window} of ${from}`;
}

/** What all deployments of a group have in common; nothing where they differ or LiteLLM's list lacks one. */
function describe(context: LintContext, name: string): Group | undefined {
  const deployments = context.deployments.filter(({ group }) => group === name);
  if (deployments.length === 0) return undefined;
  const known = deployments.map((deployment) => {
    const price = context.priceOf(deployment);
    const own = Number(context.value([...deployment.path, "model_info", "max_input_tokens"]) ?? Number.NaN);
    return { mode: deployment.mode ?? price?.mode, window: own || price?.maxInputTokens };
  });
  const modes = new Set(known.map(({ mode }) => mode));
  const windows = known.map(({ window }) => window).filter((window) => window !== undefined);
  const [mode] = modes;
  return {
    ...(modes.size === 1 && mode && { mode }),
    ...(windows.length === known.length && { window: Math.max(...windows) }),
  };
}
