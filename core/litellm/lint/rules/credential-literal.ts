import { isCredential, textsIn } from "../credentials";
import type { LintRule } from "../lint-rule";

/** A credential written into the configuration. */
export const credentialLiteral: LintRule = {
  id: "credential-literal",
  severity: "error",
  summary: "a credential is written into the configuration",
  why: "Whoever may read the file, its history, a ConfigMap or a backup has the key. LiteLLM takes os.environ/NAME in its place everywhere in the file.",
  repair: "write os.environ/NAME, give the gateway that variable, and have the key that was written here replaced",
  check: (context) =>
    textsIn(context.root)
      // The master key and environment variables that hold it have a rule of their own.
      .filter((found) => found.path.join(".") !== "general_settings.master_key" && isCredential(found))
      .map(({ path, name }) =>
        context.found(credentialLiteral, path, {
          message: "a credential is written here in clear",
          repair: `write os.environ/${variableFor(name)}, and have this key replaced: it is known to whoever read the file`,
        }),
      ),
};

function variableFor(name: string): string {
  return name.replace(/[^A-Za-z0-9]+/g, "_").toUpperCase() || "NAME";
}
