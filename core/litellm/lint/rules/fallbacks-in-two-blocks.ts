import type { LintRule } from "../lint-rule";

const SETTINGS = ["fallbacks", "context_window_fallbacks", "content_policy_fallbacks", "default_fallbacks"] as const;

/** The same fallbacks setting in both blocks that may hold it. */
export const fallbacksInTwoBlocks: LintRule = {
  id: "fallbacks-in-two-blocks",
  severity: "error",
  summary: "a fallback setting stands in router_settings and in litellm_settings",
  why: "The router takes its own setting and looks at litellm_settings only where it has none (Router.__init__ in litellm/router.py, LiteLLM 1.108.10). What stands in litellm_settings is never used.",
  repair: "keep it in router_settings",
  check: (context) => {
    const isFilled = (block: string, name: string): boolean => context.items([block, name]).length > 0;
    const twice = SETTINGS.filter((name) => isFilled("router_settings", name) && isFilled("litellm_settings", name));
    return twice.map((name) =>
      context.foundAtName(fallbacksInTwoBlocks, ["litellm_settings", name], {
        message: `router_settings has ${name} too, so this one is never used`,
        repair: "move its items to router_settings, or remove it",
      }),
    );
  },
};
