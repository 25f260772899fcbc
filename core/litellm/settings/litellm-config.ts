import type { ProviderParameters } from "./provider-parameters";
import type { Reference } from "./reference";
import type {
  AllowedFailsPolicy,
  BudgetConfig,
  GeneratedCacheParams,
  GeneratedGeneralSettings,
  GeneratedGuardrailParams,
  GeneratedLitellmParams,
  GeneratedLitellmSettings,
  GeneratedModelInfo,
  GeneratedRouterSettings,
  KeyManagementSettings,
  MCPServerConfig,
  PassThroughGenericEndpoint,
  Policy,
  PolicyAttachment,
  RetryPolicy,
  RoutingGroup,
  WorkerRegistryEntry,
} from "./settings.gen";

type Mapping = Readonly<Record<string, unknown>>;
/** Replaces properties of a generated interface by what is known better. */
type With<Generated, Better> = Omit<Generated, keyof Better> & Better;

/** `group: [group, ...]`, one model group for each item; always lists (text ends LiteLLM's start-up from 1.108.1). */
export type Fallbacks = readonly Readonly<Record<string, readonly (string | Mapping)[]>>[];

interface FallbackSettings {
  readonly fallbacks?: Fallbacks;
  readonly context_window_fallbacks?: Fallbacks;
  readonly content_policy_fallbacks?: Fallbacks;
  readonly default_fallbacks?: readonly string[];
}

/** `router_settings`. */
export type RouterSettings = With<
  GeneratedRouterSettings,
  FallbackSettings & {
    readonly routing_strategy?: GeneratedRouterSettings["routing_strategy"] | "provider-budget-routing";
    readonly routing_groups?: readonly RoutingGroup[];
    readonly model_group_alias?: Readonly<Record<string, string | { readonly model: string; readonly hidden?: boolean }>>;
    readonly retry_policy?: RetryPolicy;
    readonly model_group_retry_policy?: Readonly<Record<string, RetryPolicy>>;
    readonly allowed_fails_policy?: AllowedFailsPolicy;
    /** By provider. */
    readonly provider_budget_config?: Readonly<Record<string, BudgetConfig>>;
    readonly optional_pre_call_checks?: readonly string[];
  }
>;

/** `litellm_settings.cache_params`. */
export type CacheParams = GeneratedCacheParams;

/** `litellm_settings`. */
export type LitellmSettings = With<
  GeneratedLitellmSettings,
  FallbackSettings & {
    readonly cache?: boolean;
    readonly cache_params?: CacheParams;
    readonly callbacks?: string | readonly string[];
    readonly success_callback?: readonly string[];
    readonly failure_callback?: readonly string[];
    readonly service_callback?: readonly string[];
  }
>;

/** `general_settings`. */
export type GeneralSettings = With<
  GeneratedGeneralSettings,
  {
    readonly key_management_settings?: KeyManagementSettings;
    readonly pass_through_endpoints?: readonly PassThroughGenericEndpoint[];
  }
>;

/** `model_list[].litellm_params`. What LiteLLM does not know goes through `providerParameters`. */
export type LitellmParams = With<
  GeneratedLitellmParams,
  {
    readonly model: string;
    /** One deployment for each, where it is a list. */
    readonly organization?: string | readonly string[];
    readonly extra_headers?: Mapping;
    readonly extra_body?: Mapping;
  }
> &
  ProviderParameters;

/** `model_list[].model_info`. */
export type ModelInfo = With<GeneratedModelInfo, { readonly id?: string; readonly mode?: string }>;

/** One deployment. */
export interface Deployment {
  /** The model group: what clients ask for. */
  readonly model_name: string;
  readonly litellm_params: LitellmParams;
  readonly model_info?: ModelInfo;
}

/** `guardrails[].litellm_params`. */
export type GuardrailParams = With<GeneratedGuardrailParams, { readonly guardrail: string; readonly mode: GuardrailMode }>;

/** When a guardrail runs. */
export type GuardrailEvent =
  | "pre_call"
  | "post_call"
  | "during_call"
  | "logging_only"
  | "pre_mcp_call"
  | "during_mcp_call"
  | "post_mcp_call"
  | "realtime_input_transcription";

/** One event, several, or events by tag. */
export type GuardrailMode =
  | GuardrailEvent
  | readonly GuardrailEvent[]
  | { readonly tags: Mapping; readonly default?: string | readonly string[] };

/** One guardrail. */
export interface Guardrail {
  readonly guardrail_name: string;
  readonly litellm_params: GuardrailParams;
  readonly guardrail_info?: Mapping;
}

/** A callback that posts to a URL; its name must be listed in `callbacks` too. */
export interface GenericApiCallback {
  readonly callback_type: "generic_api";
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly event_types?: readonly ("llm_api_success" | "llm_api_failure")[];
  readonly log_format?: "json_array" | "ndjson" | "single";
  readonly batch_size?: number;
  readonly flush_interval?: number;
  readonly max_retries?: number;
  readonly retry_delay?: number;
  readonly timeout?: number;
}

/** An MCP server. */
export type McpServer = With<
  MCPServerConfig,
  {
    readonly transport?: "http" | "sse" | "stdio";
    readonly auth_type?: string;
  }
>;

/** Credentials that deployments name by `litellm_credential_name`. */
export interface Credential {
  readonly credential_name: string;
  readonly credential_values: Readonly<Record<string, string>>;
  readonly credential_info?: Mapping;
}

/** LiteLLM's configuration file, closed: a misspelt name does not compile. */
export interface LitellmConfig {
  readonly include?: readonly string[];
  readonly model_list?: readonly Deployment[];
  readonly litellm_settings?: LitellmSettings;
  readonly router_settings?: RouterSettings;
  readonly general_settings?: GeneralSettings;
  readonly guardrails?: readonly Guardrail[];
  /** By server name; a list ends LiteLLM's start-up. */
  readonly mcp_servers?: Readonly<Record<string, McpServer>>;
  /** By callback name. */
  readonly callback_settings?: Readonly<Record<string, GenericApiCallback | (Mapping & { readonly callback_type?: never })>>;
  readonly credential_list?: readonly Credential[];
  readonly environment_variables?: Readonly<Record<string, string | Reference>>;
  readonly policies?: Readonly<Record<string, Policy>>;
  readonly policy_attachments?: readonly PolicyAttachment[];
  readonly worker_registry?: readonly WorkerRegistryEntry[];
  readonly search_tools?: readonly Mapping[];
  readonly sandbox_tools?: readonly Mapping[];
  readonly vector_store_registry?: readonly Mapping[];
  readonly prompts?: readonly Mapping[];
  readonly mcp_tools?: readonly Mapping[];
  readonly agents?: readonly Mapping[];
  readonly agent_list?: readonly Mapping[];
  readonly assistant_settings?: Mapping;
  readonly files_settings?: readonly Mapping[];
  readonly finetune_settings?: readonly Mapping[];
  readonly default_vertex_config?: Mapping;
}

/** Returns its argument: a place for the compiler to check a configuration, and for editors to complete it. */
export function defineLitellmConfig(config: LitellmConfig): LitellmConfig {
  return config;
}
