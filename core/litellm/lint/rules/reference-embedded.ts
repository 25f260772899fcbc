import { textsIn } from "../credentials";
import type { LintRule } from "../lint-rule";

/** Only headers of pass-through endpoints take a reference inside a text. */
const REPLACED = "pass_through_endpoints";

/** A reference in the middle of a text. */
export const referenceEmbedded: LintRule = {
  id: "reference-embedded",
  severity: "error",
  summary: "os.environ/ stands inside a longer text",
  why: "LiteLLM replaces a text that begins with os.environ/, as a whole. In the middle of a text it stays as it is and is sent so, and what follows the name belongs to the name (_check_for_os_environ_vars in litellm/proxy/proxy_server.py, LiteLLM 1.108.10). Headers of pass-through endpoints are the exception.",
  repair: "put the whole text into the variable",
  check: (context) =>
    textsIn(context.root)
      .filter(({ text, path }) => !path.includes(REPLACED) && /os\.environ\/\w/.test(text) && !/^os\.environ\/[\w-]+$/.test(text))
      .filter(({ text }) => !text.includes("\n"))
      .map(({ path }) =>
        context.found(referenceEmbedded, path, {
          message: "LiteLLM does not replace a reference inside a longer text",
          repair: "put the whole text into one variable and write os.environ/NAME alone",
        }),
      ),
};
