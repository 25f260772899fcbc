import { nearestName } from "../../../findings";
import type { LintRule } from "../lint-rule";

/** A deployment that names credentials nobody defines. */
export const credentialUndefined: LintRule = {
  id: "credential-undefined",
  severity: "error",
  summary: "a deployment names credentials that are not in credential_list",
  why: "LiteLLM takes credentials that it does not find as empty, without a word, and calls the provider with no key or with one from its own environment (CredentialAccessor in litellm/litellm_core_utils/credential_accessor.py, LiteLLM 1.108.10).",
  repair: "add the credentials to credential_list, or correct the name",
  check: (context) => {
    // Credentials of the database come on top.
    if (context.has(["include"]) || context.isOn(["general_settings", "store_model_in_db"])) return [];
    const known = context
      .items(["credential_list"])
      .map((_, index) => context.text(["credential_list", index, "credential_name"]));
    const names = known.filter((name) => name !== undefined);
    return context.deployments.flatMap(({ path }) => {
      const at = [...path, "litellm_params", "litellm_credential_name"];
      const name = context.text(at);
      if (name === undefined || name.startsWith("os.environ/") || names.includes(name)) return [];
      const near = nearestName(name, names);
      const finding = context.found(credentialUndefined, at, {
        message: `credential_list has no ${name}, so the provider is called without these credentials`,
        repair: near ? `did you mean ${near}?` : credentialUndefined.repair,
      });
      // A file without any may count on those of the database.
      return [context.has(["credential_list"]) ? finding : { ...finding, severity: "warning" as const }];
    });
  },
};
