import type { Path } from "../../../source";
import type { LintContext } from "../context";
import { hasLicence } from "../licence";
import type { LintRule } from "../lint-rule";

interface EnterpriseSetting {
  readonly path: Path;
  /** What the open-source version does with it. */
  readonly effect: string;
}

/** What an open-source gateway makes of settings that are sold (`premium_user` in LiteLLM 1.108.10). */
const SETTINGS: readonly EnterpriseSetting[] = [
  { path: ["general_settings", "allowed_ips"], effect: "LiteLLM does not start with it" },
  { path: ["general_settings", "enforced_params"], effect: "LiteLLM does not start with it" },
  { path: ["worker_registry"], effect: "LiteLLM does not start with it" },
  { path: ["general_settings", "public_routes"], effect: "these routes go on asking for a key" },
  { path: ["general_settings", "admin_only_routes"], effect: "these routes stay open to users" },
  { path: ["general_settings", "max_request_size_mb"], effect: "no size is checked" },
  { path: ["general_settings", "max_response_size_mb"], effect: "no size is checked" },
  { path: ["general_settings", "custom_team_metadata_validate"], effect: "requests that make or change a team fail" },
  { path: ["litellm_settings", "tag_budget_config"], effect: "the router does not start with it" },
];
const SWITCHES: readonly EnterpriseSetting[] = [
  { path: ["general_settings", "enable_jwt_auth"], effect: "requests with a JSON Web Token are refused with 403" },
  { path: ["litellm_settings", "store_audit_logs"], effect: "no audit log is written" },
];
const SECRET_MANAGERS = new Set(["google_secret_manager", "hashicorp_vault", "cyberark"]);
const CALLBACKS = new Set(["gcs_bucket", "gcs_pubsub", "azure_storage"]);
const FATAL_CALLBACKS = new Set([
  ...["llamaguard_moderations", "llmguard_moderations", "hide_secrets", "openai_moderations", "google_text_moderation"],
  ...["blocked_user_check", "banned_keywords"],
]);

/** A setting that is sold, in a gateway without a licence. */
export const enterpriseSetting: LintRule = {
  id: "enterprise-setting",
  severity: "error",
  summary: "a setting needs an enterprise licence, and none is declared",
  why: "Without a licence LiteLLM refuses to start with some of these, and passes over the others with a line in the log or without a word (premium_user in litellm/proxy, LiteLLM 1.108.10).",
  repair: "declare LITELLM_LICENSE, or do without the setting",
  check: (context) => {
    if (hasLicence(context)) return [];
    const settings = [
      ...SETTINGS.filter(({ path }) => context.has(path)),
      ...SWITCHES.filter(({ path }) => context.isOn(path)),
      ...managers(context),
    ];
    return [...settings, ...callbacks(context)].map(({ path, effect }) =>
      context.foundAtName(enterpriseSetting, path, {
        message: `this needs an enterprise licence; without one ${effect}`,
        repair: enterpriseSetting.repair,
      }),
    );
  },
};

function managers(context: LintContext): EnterpriseSetting[] {
  const path = ["general_settings", "key_management_system"];
  return SECRET_MANAGERS.has(context.text(path) ?? "") ? [{ path, effect: "LiteLLM does not start with it" }] : [];
}

function callbacks(context: LintContext): EnterpriseSetting[] {
  const own = context.texts(["litellm_settings", "callbacks"]);
  const all = [
    ...own,
    ...context.texts(["litellm_settings", "success_callback"]),
    ...context.texts(["litellm_settings", "failure_callback"]),
  ];
  return [
    ...all.filter(({ text }) => CALLBACKS.has(text)).map(({ path }) => ({ path, effect: "nothing is logged there" })),
    ...own
      .filter(({ text }) => FATAL_CALLBACKS.has(text))
      .map(({ path }) => ({ path, effect: "LiteLLM does not start with it" })),
  ];
}
