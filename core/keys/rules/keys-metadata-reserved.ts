import type { KeysRule } from "./context";

/**
 * Names in `metadata` that LiteLLM or this toolkit writes (`LiteLLM_ManagementEndpoint_MetadataFields_Premium` and
 * `LiteLLM_Reserved_Metadata_Fields` in litellm/proxy/_types.py, LiteLLM 1.108.10).
 */
const RESERVED = new Set([
  "cdktf-litellm",
  "disable_global_guardrails",
  "guardrails",
  "policies",
  "prompts",
  "logging",
  "secret_manager_settings",
  "team_member_key_duration",
  "team_member_budget_id",
  "service_account_id",
  "allowed_passthrough_routes",
  "denied_passthrough_routes",
]);

/** A name in metadata that is not free. */
export const keysMetadataReserved: KeysRule = {
  id: "keys-metadata-reserved",
  severity: "error",
  summary: "metadata has a name that LiteLLM or this toolkit keeps for itself",
  why: "LiteLLM writes or checks these itself, some only with a licence; ours says whose the thing is.",
  repair: "choose another name",
  check: (context) =>
    (["keys", "teams", "users"] as const).flatMap((kind) =>
      context.entries(kind).flatMap(([name, { metadata = {} }]) =>
        Object.keys(metadata)
          .filter(isReserved)
          .map((reserved) =>
            context.foundAtName(keysMetadataReserved, [kind, name, "metadata", reserved], {
              message: `${reserved} is not free`,
              repair: keysMetadataReserved.repair,
            }),
          ),
      ),
    ),
};

function isReserved(name: string): boolean {
  return RESERVED.has(name);
}
