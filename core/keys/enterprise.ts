import { ownValue, type Path, type UnknownAdvice } from "../source";

/** Fields that LiteLLM refuses or ignores without a licence (`premium_user_check`, LiteLLM 1.108.10). */
const ENTERPRISE = new Set([
  "guardrails",
  "policies",
  "prompts",
  "logging",
  "enforced_params",
  "model_max_budget",
  "allowed_passthrough_routes",
  "team_member_key_duration",
  "secret_manager_settings",
  "disable_global_guardrails",
]);
/** Fields that this toolkit writes itself. */
const OURS: Readonly<Record<string, string>> = {
  key: "values are never written down: write existing: with the SHA-256 of a value that is in use",
  key_alias: "the name of the key and its generation are its alias",
  duration: "write expires: <date>, or rotate:",
  spend: "spend belongs to the gateway",
  auto_rotate: "write rotate:, which delivers the new value too",
  rotation_interval: "write rotate: { every: ... }",
};

/** What to say of a field of LiteLLM's that keys files do not have. */
export function adviceForUnknown(name: string, path: Path): UnknownAdvice | undefined {
  if (path.length < 2) return undefined;
  if (ENTERPRISE.has(name))
    return { message: "this field needs LiteLLM Enterprise, and is refused or ignored without", repair: "remove it" };
  const repair = ownValue(OURS, name);
  return repair === undefined ? undefined : { message: "this field is not written by hand", repair };
}
