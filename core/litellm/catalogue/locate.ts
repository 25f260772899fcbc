import { ownValue } from "../../source";
import type { Catalogue, SectionName } from "./catalogue";
import { parseType, type TypePart } from "./type-notation";

/** Where the catalogue has a setting: in a section, or as a field of a nested mapping. */
export type Location =
  | { readonly kind: "section"; readonly section: SectionName; readonly name: string }
  | { readonly kind: "model"; readonly model: string; readonly name: string };

/** Sections by the path of their mapping, indices left out. */
const SECTIONS: Readonly<Record<string, SectionName>> = {
  "": "top_level",
  router_settings: "router_settings",
  general_settings: "general_settings",
  litellm_settings: "litellm_settings",
  callback_settings: "callback_settings",
  "litellm_settings.cache_params": "cache_params",
  "model_list.litellm_params": "litellm_params",
  "model_list.model_info": "model_info",
  "guardrails.litellm_params": "guardrail_params",
};

/** Types of top-level blocks that LiteLLM reads without declaring them (`load_config`, LiteLLM 1.108.10). */
const BLOCK_TYPES: Readonly<Record<string, string>> = {
  mcp_servers: "mapping<@MCPServerConfig>",
  credential_list: "list<@CredentialItem>",
  policies: "mapping<@Policy>",
  policy_attachments: "list<@PolicyAttachment>",
  worker_registry: "list<@WorkerRegistryEntry>",
};

/** Where each section stands in LiteLLM's configuration file, indices left out. */
export function sectionPath(section: SectionName): string {
  return Object.entries(SECTIONS).find(([, known]) => known === section)?.[0] ?? "";
}

/**
 * Where the catalogue has the setting at a path; undefined for a name that it does not have there.
 *
 * @param names the path without indices, such as `["router_settings", "retry_policy", "TimeoutErrorRetries"]`
 */
export function locateSetting(catalogue: Catalogue, names: readonly string[]): Location | undefined {
  const name = names.at(-1);
  if (name === undefined) return undefined;
  const section = ownValue(SECTIONS, names.slice(0, -1).join("."));
  if (section) return catalogue.sections[section].has(name) ? { kind: "section", section, name } : undefined;
  const model = modelsAt(catalogue, names.slice(0, -1)).find((known) => fieldType(catalogue, known, name) !== undefined);
  return model === undefined ? undefined : { kind: "model", model, name };
}

/** The nested mappings, by name, that may stand at a path. */
export function modelsAt(catalogue: Catalogue, names: readonly string[]): string[] {
  return typesAt(catalogue, names).flatMap(modelsIn);
}

function typesAt(catalogue: Catalogue, names: readonly string[]): TypePart[] {
  const name = names.at(-1);
  if (name === undefined) return [];
  const parent = names.slice(0, -1);
  const section = ownValue(SECTIONS, parent.join("."));
  if (section)
    return parseType(
      (section === "top_level" && ownValue(BLOCK_TYPES, name)) || (catalogue.sections[section].get(name)?.type ?? ""),
    );
  const above = typesAt(catalogue, parent);
  const fields = above.flatMap(modelsIn).map((model) => fieldType(catalogue, model, name));
  const declared = fields.flatMap((type) => (type === undefined ? [] : parseType(type)));
  // Names of a mapping such as `mcp_servers` are the user's own.
  const own = above.flatMap((part) => (part.kind === "mapping" && part.of ? [part.of] : []));
  return [...declared, ...own];
}

function fieldType(catalogue: Catalogue, model: string, name: string): string | undefined {
  return ownValue(catalogue.models.get(model)?.fields, name);
}

/** A list's items count as the list; a mapping's values stand under names of their own. */
function modelsIn(part: TypePart): string[] {
  if (part.kind === "model") return [part.name];
  return part.kind === "list" && part.of ? modelsIn(part.of) : [];
}
