import type { Path } from "../../source";
import type { LintContext } from "./context";

/** Settings that name fallbacks; each may stand in either block. */
const SETTINGS = ["fallbacks", "context_window_fallbacks", "content_policy_fallbacks"] as const;
const BLOCKS = ["router_settings", "litellm_settings"] as const;

/** One chain of fallbacks: where it stands, for which group, and what it leads to. */
export interface FallbackChain {
  /** `fallbacks`, `context_window_fallbacks` or `content_policy_fallbacks`. */
  readonly setting: (typeof SETTINGS)[number];
  readonly block: (typeof BLOCKS)[number];
  /** The group that fails; `*` stands for every group. */
  readonly from: string;
  /** Where that group's name stands. */
  readonly path: Path;
  readonly targets: readonly { readonly name: string; readonly path: Path }[];
}

/** Every chain of a configuration, in the order of the text. */
export function fallbackChains(context: LintContext): FallbackChain[] {
  return BLOCKS.flatMap((block) =>
    SETTINGS.flatMap((setting) =>
      context.items([block, setting]).flatMap((_, index) => chainsOf(context, block, setting, [block, setting, index])),
    ),
  );
}

/** Names of `default_fallbacks` and where they stand. */
export function defaultFallbacks(context: LintContext): { name: string; path: Path }[] {
  return BLOCKS.flatMap((block) => targetsOf(context, [block, "default_fallbacks"]));
}

function chainsOf(
  context: LintContext,
  block: FallbackChain["block"],
  setting: FallbackChain["setting"],
  path: Path,
): FallbackChain[] {
  return context
    .entries(path)
    .map(([from]) => ({ setting, block, from, path: [...path, from], targets: targetsOf(context, [...path, from]) }));
}

/** A target is a name, or a mapping that changes the request and names a `model`. */
function targetsOf(context: LintContext, path: Path): { name: string; path: Path }[] {
  return context.items(path).flatMap((_, index) => {
    const at = [...path, index];
    const name = context.text(at);
    if (name !== undefined) return [{ name, path: at }];
    const model = context.text([...at, "model"]);
    return model === undefined ? [] : [{ name: model, path: [...at, "model"] }];
  });
}
