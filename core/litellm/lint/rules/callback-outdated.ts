import type { LintRule } from "../lint-rule";

/** Callbacks with a successor. */
const SUCCESSORS: Readonly<Record<string, string>> = { s3: "s3_v2" };

/** A callback that has a successor. */
export const callbackOutdated: LintRule = {
  id: "callback-outdated",
  severity: "warning",
  summary: "a callback has a successor",
  why: "s3 writes each request by itself, while the request waits; s3_v2 collects them and writes in the background (litellm/integrations/s3_v2.py, LiteLLM 1.108.10; docs: proxy/logging).",
  repair: "write the successor's name",
  check: (context) =>
    ["success_callback", "failure_callback"].flatMap((setting) =>
      context
        .texts(["litellm_settings", setting])
        .filter(({ text }) => Object.hasOwn(SUCCESSORS, text))
        .map(({ text, path }) =>
          context.found(callbackOutdated, path, {
            message: `${SUCCESSORS[text]} has taken the place of ${text}`,
            repair: `write ${SUCCESSORS[text]}`,
          }),
        ),
    ),
};
