import type { LintRule } from "../lint-rule";

/** Credentials in the database that the master key encrypts. */
export const saltKeyMissing: LintRule = {
  id: "salt-key-missing",
  severity: "error",
  summary: "models are kept in the database without a salt key",
  why: "Without LITELLM_SALT_KEY the master key encrypts the credentials in the database. Replacing it, which should be possible at any time, then loses them (litellm/proxy/common_utils/encrypt_decrypt_utils.py, LiteLLM 1.108.10).",
  repair: "declare LITELLM_SALT_KEY before the first model is stored, and never change it",
  check: (context) => {
    const path = ["general_settings", "store_model_in_db"];
    if (!context.isOn(path) || context.hasVariable("LITELLM_SALT_KEY") !== false) return [];
    const message = "the gateway has no LITELLM_SALT_KEY, so the master key encrypts what is stored";
    return [context.foundAtName(saltKeyMissing, path, { message, repair: saltKeyMissing.repair })];
  },
};
