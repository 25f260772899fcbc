import * as z from "zod";
import { closedMapping, type Shape } from "../../source";
import type { Catalogue } from "../catalogue";
import { deployments } from "./deployments";
import { CatalogueSchemas, type Overrides } from "./from-catalogue";
import { guardrails } from "./guardrails";
import { moduleSettings } from "./module-settings";
import { proxySettings } from "./proxy-settings";
import { routerSettings } from "./routing";
import { AS_WRITTEN, EITHER_WAY, listOf, mappingOf, oneOf, orEmpty, scalar, text } from "./scalars";

const anyMapping = mappingOf(z.unknown());
const cache = new WeakMap<Catalogue, Map<string, z.ZodType>>();

/**
 * The schema of LiteLLM's configuration file: names and types from the catalogue, structure and meaning by hand.
 * Built once for a catalogue and a set of provider parameters.
 */
export function configSchema(catalogue: Catalogue, providerParameters: readonly string[] = []): z.ZodType {
  const key = JSON.stringify([...providerParameters].sort());
  const built = cache.get(catalogue) ?? new Map<string, z.ZodType>();
  cache.set(catalogue, built);
  const schema = built.get(key) ?? build(new CatalogueSchemas(catalogue), new Set(providerParameters));
  built.set(key, schema);
  return schema;
}

function build(schemas: CatalogueSchemas, providerParameters: ReadonlySet<string>): z.ZodType {
  const top: Record<string, z.ZodType> = {
    ...schemas.shape("top_level", AS_WRITTEN, otherBlocks(schemas)),
    model_list: deployments(schemas, providerParameters),
    router_settings: closedMapping(schemas.shape("router_settings", AS_WRITTEN, routerSettings(schemas))),
    litellm_settings: closedMapping(schemas.shape("litellm_settings", AS_WRITTEN, moduleSettings(schemas))),
    general_settings: closedMapping(schemas.shape("general_settings", AS_WRITTEN, proxySettings(schemas))),
    guardrails: guardrails(schemas),
  };
  return closedMapping(Object.fromEntries(Object.entries(top).map(([name, schema]) => [name, orEmpty(schema)])));
}

/** The smaller top-level blocks (`load_config` and `_init_non_llm_configs`, LiteLLM 1.108.10). */
function otherBlocks(schemas: CatalogueSchemas): Overrides {
  return {
    environment_variables: mappingOf(orEmpty(scalar)),
    callback_settings: mappingOf(orEmpty(callbackSettings())),
    credential_list: listOf(schemas.model("CredentialItem", { credential_info: anyMapping, credential_values: anyMapping })),
    mcp_servers: mappingOf(mcpServer(schemas)),
    mcp_tools: listOf(anyMapping),
    agents: listOf(anyMapping),
    agent_list: listOf(anyMapping),
    policies: mappingOf(orEmpty(schemas.model("Policy"))),
    policy_attachments: listOf(schemas.model("PolicyAttachment")),
    prompts: listOf(anyMapping),
    search_tools: listOf(anyMapping),
    sandbox_tools: listOf(anyMapping),
    vector_store_registry: listOf(anyMapping),
    worker_registry: listOf(schemas.model("WorkerRegistryEntry")),
    assistant_settings: anyMapping,
    files_settings: listOf(anyMapping),
    finetune_settings: listOf(anyMapping),
    default_vertex_config: anyMapping,
    include: listOf(text(AS_WRITTEN)),
  };
}

function mcpServer(schemas: CatalogueSchemas): z.ZodType {
  const { mcp_transports = [], mcp_auth_types = [] } = schemas.catalogue.enumerations;
  return schemas.model("MCPServerConfig", { transport: oneOf(mcp_transports), auth_type: oneOf(mcp_auth_types) });
}

/**
 * Settings of one callback. A generic one without `endpoint` and `headers` is skipped, and LiteLLM then ends at the
 * callback's name, which it no longer knows (LiteLLM 1.108.10).
 */
function callbackSettings(): z.ZodType {
  const generic: Shape = { endpoint: text(AS_WRITTEN), headers: mappingOf(orEmpty(text(EITHER_WAY))) };
  return closedMapping(generic, {
    required: ({ callback_type }) => (callback_type === "generic_api" ? Object.keys(generic) : []),
    accepts: () => true,
  });
}
