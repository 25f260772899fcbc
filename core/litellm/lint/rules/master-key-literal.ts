import { isFrom } from "../../release";
import { isExample } from "../credentials";
import type { LintRule } from "../lint-rule";

const MASTER_KEY = ["general_settings", "master_key"];
/** Since this release LiteLLM does not start with the key of its own documentation. */
const REFUSED_SINCE = "1.104.0";

/** The master key, written into the configuration. */
export const masterKeyLiteral: LintRule = {
  id: "master-key-literal",
  severity: "error",
  summary: "the master key is written into the configuration",
  why: "The master key may do everything: make keys, read spend, change models. sk-1234, the key of LiteLLM's documentation, is known to everybody, and from LiteLLM 1.104.0 the proxy refuses to start with it (litellm/proxy/auth/master_key_boot_check.py, tried with LiteLLM 1.108.10).",
  repair: "write os.environ/LITELLM_MASTER_KEY, with a long random value that begins with sk-",
  check: (context) => {
    const key = context.text(MASTER_KEY);
    if (key === undefined || key.startsWith("os.environ/") || /^(?:\$|<|\{\{)/.test(key)) return [];
    const isPublic = key === "sk-1234";
    const refused = isPublic && isFrom(context.version, REFUSED_SINCE) ? ", and LiteLLM does not start with it" : "";
    const what = isPublic
      ? `this master key is known to everybody${refused}`
      : isExample(key)
        ? "this master key is an example"
        : "";
    return [
      context.found(masterKeyLiteral, MASTER_KEY, {
        message: what || "the master key is written here in clear",
        repair: masterKeyLiteral.repair,
      }),
    ];
  },
};
