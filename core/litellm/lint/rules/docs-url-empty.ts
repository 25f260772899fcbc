import type { LintRule } from "../lint-rule";

const INSTEAD: Readonly<Record<string, string>> = { DOCS_URL: "NO_DOCS", REDOC_URL: "NO_REDOC", OPENAPI_URL: "NO_OPENAPI" };

/** An empty address that is meant to switch documentation pages off. */
export const docsUrlEmpty: LintRule = {
  id: "docs-url-empty",
  severity: "error",
  summary: "an empty address does not switch the API's documentation off",
  why: "LiteLLM takes an empty DOCS_URL as one that is not set, and serves the pages on / and /redoc to everybody (_get_docs_url in litellm/proxy/utils.py, LiteLLM 1.108.10).",
  repair: "set NO_DOCS, NO_REDOC and NO_OPENAPI to True",
  check: (context) =>
    Object.entries(INSTEAD)
      .filter(
        ([name]) =>
          context.text(["environment_variables", name])?.trim() === "" || context.surroundings.variables?.get(name) === "",
      )
      .map(([name, instead]) =>
        context.foundAtName(docsUrlEmpty, ["environment_variables", name], {
          message: `an empty ${name} counts as not set`,
          repair: `set ${instead}: "True"`,
        }),
      ),
};
