import type { Path } from "../../../source";
import type { LintContext } from "../context";
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
          repair: `write os.environ/${variableFor(name, ownerOf(path, context))}, and have this key replaced: it is known to whoever read the file`,
        }),
      ),
};

/** Names that do not say whose credential it is. */
const GENERAL = /^(?:api_?)?key$/i;

/** The provider that a deployment's credential is for. */
function ownerOf(path: Path, { deployments }: LintContext): string | undefined {
  return path[0] === "model_list" ? deployments.find(({ path: [, index] }) => index === path[1])?.provider : undefined;
}

function variableFor(name: string, owner: string | undefined): string {
  const words = GENERAL.test(name) && owner !== undefined ? `${owner}_${name}` : name;
  return words.replace(/[^A-Za-z0-9]+/g, "_").toUpperCase() || "NAME";
}
