/** What a service's key may do, when the file does not say otherwise. */
export interface ServiceRole {
  /** LiteLLM's `allowed_routes`. */
  readonly routes: readonly string[];
  /** The service asks no model, so its key may use none. */
  readonly withoutModels: boolean;
  /** `allow_client_tags` of the key. */
  readonly clientTags?: boolean;
  /** The key may call routes of LiteLLM's administration. */
  readonly administers?: boolean;
}

export type RoleName = "metrics" | "health" | "provisioning" | "identity-proxy" | "netbird";

/**
 * A model list that allows none. An empty list allows all of them (`SpecialModelNames.no_default_models` in
 * litellm/proxy/_types.py, LiteLLM 1.108.10).
 */
export const NO_MODELS = "no-default-models";

/** Routes of everything that clients ask of models (`LiteLLMRoutes.llm_api_routes`, LiteLLM 1.108.10). */
export const LLM_ROUTES = "llm_api_routes";

/**
 * What `keys apply` calls, and nothing else. The key's user has to be a `proxy_admin`: LiteLLM looks at both. That keeps the
 * key from models, settings and stored credentials, but keys that it makes may do more than itself (1.108.10).
 */
const PROVISIONING_ROUTES = [
  "/key/list",
  "/key/info",
  "/key/generate",
  "/key/update",
  "/key/delete",
  "/team/new",
  "/team/update",
  "/team/delete",
  "/v2/team/list",
  "/user/new",
  "/user/update",
  "/user/delete",
  "/user/list",
  "/budget/new",
  "/budget/update",
  "/budget/delete",
  "/budget/list",
  "/tag/new",
  "/tag/update",
  "/tag/delete",
  "/tag/list",
  "/customer/new",
  "/customer/update",
  "/customer/delete",
  "/customer/list",
  "/team/daily/activity",
  "/user/daily/activity",
  "/tag/daily/activity",
  "/customer/daily/activity",
];

/** The services that are known by name, each with the least that it needs. */
export const ROLES: Readonly<Record<RoleName, ServiceRole>> = {
  // LiteLLM answers /metrics with a redirect to /metrics/.
  metrics: { routes: ["/metrics", "/metrics/"], withoutModels: true },
  // Beginnings of paths: /health/history and /health/latest too. /health/services wants an administrator (LiteLLM 1.108.10).
  health: { routes: ["/health", "/health/readiness", "/health/liveliness"], withoutModels: true },
  provisioning: { routes: PROVISIONING_ROUTES, withoutModels: true, administers: true },
  "identity-proxy": { routes: [LLM_ROUTES], withoutModels: false },
  // NetBird writes its tags into the request, and asks for this flag (its documentation of LiteLLM gateways).
  netbird: { routes: [LLM_ROUTES], withoutModels: false, clientTags: true },
};
