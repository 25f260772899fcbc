import { textsIn } from "../credentials";
import type { LintRule } from "../lint-rule";

/** How other tools write a variable; the name is the first group. */
const FOREIGN =
  /^(?:\$\{?([A-Za-z_]\w*)(?::-[^}]*)?\}?|os\.(?:getenv|environ\.get)\(["']?(\w+)["']?.*\)|os\.environ\[["'](\w+)["']\]|env(?:iron)?\/(\w+)|os\.env\/(\w+)|os\.environ\.(\w+)|os\/environ\/(\w+))$/;

/** A variable in a notation that LiteLLM does not know. */
export const referenceForm: LintRule = {
  id: "reference-form",
  severity: "warning",
  summary: "a variable is written in a way that LiteLLM does not know",
  why: "LiteLLM replaces a text that begins with os.environ/, and nothing else (_check_for_os_environ_vars in litellm/proxy/proxy_server.py, LiteLLM 1.108.10). This text itself is used as the key or the address, unless another tool replaces it before LiteLLM reads the file.",
  repair: "write os.environ/NAME",
  check: (context) =>
    textsIn(context.root).flatMap(({ text, path }) => {
      const names = FOREIGN.exec(text)?.slice(1).filter(Boolean);
      if (!names?.[0]) return [];
      const message = "LiteLLM uses this text as it stands and puts no variable in its place";
      return [context.found(referenceForm, path, { message, repair: `write os.environ/${names[0]}` })];
    }),
};
