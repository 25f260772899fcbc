import { fallbackChains } from "../fallbacks";
import type { LintRule } from "../lint-rule";

/** A group whose fallback is the group itself. */
export const fallbackToItself: LintRule = {
  id: "fallback-to-itself",
  severity: "error",
  summary: "a model group falls back to itself",
  why: "LiteLLM passes over a fallback that equals the group that failed (run_async_fallback in litellm/router_utils/fallback_event_handlers.py, LiteLLM 1.108.10), so it does nothing. Repeating a request is what num_retries is for.",
  repair: "name another group, or set num_retries",
  check: (context) =>
    fallbackChains(context).flatMap(({ from, targets }) =>
      targets
        .filter(({ name }) => name === from)
        .map(({ path }) =>
          context.found(fallbackToItself, path, {
            message: `${from} falls back to itself, which LiteLLM passes over`,
            repair: "name another group, or raise router_settings.num_retries",
          }),
        ),
    ),
};
