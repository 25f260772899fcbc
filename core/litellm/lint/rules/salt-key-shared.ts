import type { LintContext } from "../context";
import type { LintRule } from "../lint-rule";

/** One secret for two purposes. */
export const saltKeyShared: LintRule = {
  id: "salt-key-shared",
  severity: "error",
  summary: "the salt key and the master key are the same secret",
  why: "The salt key encrypts the credentials in the database and cannot be changed later; the master key should be. As one secret, the master key cannot be replaced without losing them, and whoever learns it can read the database too (litellm/proxy/common_utils/encrypt_decrypt_utils.py, LiteLLM 1.108.10).",
  repair: "give LITELLM_SALT_KEY a value of its own",
  check: (context) => {
    const salt = ["environment_variables", "LITELLM_SALT_KEY"];
    const written = context.text(salt);
    const master = context.text(["general_settings", "master_key"]);
    const names = new Set(["os.environ/LITELLM_MASTER_KEY", master]);
    if (written !== undefined && names.has(written)) return [finding(context, salt)];
    const sources = context.surroundings.sources;
    const shared = sources?.get("LITELLM_SALT_KEY") ?? "salt";
    return shared === sources?.get("LITELLM_MASTER_KEY") ? [finding(context, ["general_settings", "master_key"])] : [];
  },
};

function finding(context: LintContext, path: string[]) {
  return context.found(saltKeyShared, path, { message: saltKeyShared.summary, repair: saltKeyShared.repair });
}
