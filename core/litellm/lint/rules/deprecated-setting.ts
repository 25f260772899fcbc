import type { Path } from "../../../source";
import type { LintRule } from "../lint-rule";

interface Deprecated {
  readonly path: Path;
  readonly repair: string;
}

/** What LiteLLM itself or its documentation calls deprecated, and what has taken its place (LiteLLM 1.108.10). */
const DEPRECATED: readonly Deprecated[] = [
  {
    path: ["general_settings", "user_header_name"],
    repair: "write user_header_mappings: a list of header_name and litellm_user_role",
  },
  { path: ["general_settings", "blocked_file_extensions"], repair: "list what is allowed under allowed_file_extensions" },
  { path: ["general_settings", "use_google_kms"], repair: "write key_management_system: google_kms" },
  { path: ["general_settings", "use_azure_key_vault"], repair: "write key_management_system: azure_key_vault" },
  { path: ["general_settings", "allow_user_auth"], repair: "remove it: users sign in to the UI by single sign-on" },
  { path: ["router_settings", "redis_db"], repair: "write cache_kwargs: { db: 0 }" },
  { path: ["litellm_settings", "default_max_internal_user_budget"], repair: "write max_internal_user_budget" },
];

/** A setting that has a successor. */
export const deprecatedSetting: LintRule = {
  id: "deprecated-setting",
  severity: "warning",
  summary: "a setting has a successor",
  why: "LiteLLM still reads it and calls it deprecated, in its code or its documentation (litellm/proxy/_types.py, litellm/router.py, LiteLLM 1.108.10). Such settings end without an error: from then on they are ignored.",
  repair: "use the successor",
  check: (context) =>
    DEPRECATED.filter(({ path }) => context.has(path)).map(({ path, repair }) =>
      context.foundAtName(deprecatedSetting, path, { message: `${String(path.at(-1))} is deprecated`, repair }),
    ),
};
