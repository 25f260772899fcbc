/** How the body of a route is read. `json-or-form` routes take both; `none` refuses any body. */
export type BodyKind = "json" | "form" | "json-or-form" | "none" | "websocket";

/** Where a route names its model. `hidden`: in files or in stored objects, so that a list of models cannot be enforced. */
export type ModelPlace = "body" | "path" | "path-and-body" | "query" | "hidden" | "none";

/** Whose shape the errors of a route have, so that its SDK understands them. */
export type ErrorShape = "openai" | "anthropic" | "google";

/** Routes that are allowed and refused together. */
export interface RouteRule {
  readonly class: RouteClass;
  readonly method: "GET" | "POST" | "DELETE" | "WEBSOCKET";
  /** Paths as LiteLLM declares them, `{name}` being one segment and `{name:path}` up to four. */
  readonly paths: readonly string[];
  readonly body: BodyKind;
  readonly model: ModelPlace;
  readonly shape: ErrorShape;
  /** Query parameters that pass; all others are dropped, because LiteLLM takes an end user from them. */
  readonly query: readonly string[];
}

/** Classes that call a model and answer at once; `inference` in a policy stands for all of them. */
export const INFERENCE_CLASSES = [
  "chat",
  "completions",
  "embeddings",
  "responses",
  "messages",
  "generate-content",
  "images",
  "speech",
  "transcriptions",
  "moderations",
  "rerank",
  "models",
] as const;

/**
 * Classes that a policy must name one by one. What they store belongs to the gateway key, not to the caller: whoever may use
 * `files`, `batches` or `stored-responses` reads what other callers with the same key have stored.
 */
export const OTHER_CLASSES = ["realtime", "stored-responses", "files", "batches", "pass-through"] as const;

/** A class of routes, as a policy names it. */
export type RouteClass = (typeof INFERENCE_CLASSES)[number] | (typeof OTHER_CLASSES)[number];
/** Every class. */
export const ROUTE_CLASSES: readonly RouteClass[] = [...INFERENCE_CLASSES, ...OTHER_CLASSES];

const post = (name: RouteClass, paths: readonly string[], more: Partial<RouteRule> = {}): RouteRule => ({
  class: name,
  method: "POST",
  paths,
  body: "json",
  model: "body",
  shape: "openai",
  query: [],
  ...more,
});
const get = (name: RouteClass, paths: readonly string[], more: Partial<RouteRule> = {}): RouteRule =>
  post(name, paths, { method: "GET", body: "none", model: "none", ...more });
const both = (path: string): string[] => [path, `/v1${path}`];
const azure = { model: "path-and-body", query: ["api-version"] } as const;
const google = { model: "path", shape: "google", query: ["alt"] } as const;
const listing = ["after", "before", "limit", "order"];

/**
 * What is forwarded, if the LiteLLM version declares it. Everything else (admin, UI, keys, configuration, debug, MCP, agents,
 * code execution, provider pass-through and what nobody knows yet) is refused: with wild-card routes such as `/{provider}/…`
 * a list of what to refuse cannot be complete.
 */
export const ROUTE_RULES: readonly RouteRule[] = [
  post("chat", both("/chat/completions")),
  post("chat", ["/engines/{model:path}/chat/completions", "/openai/deployments/{model:path}/chat/completions"], azure),
  post("completions", both("/completions")),
  post("completions", ["/engines/{model:path}/completions", "/openai/deployments/{model:path}/completions"], azure),
  post("embeddings", both("/embeddings")),
  post("embeddings", ["/engines/{model:path}/embeddings", "/openai/deployments/{model:path}/embeddings"], azure),
  post("responses", [...both("/responses"), "/openai/v1/responses"]),
  post("responses", [...both("/responses/input_tokens"), "/openai/v1/responses/input_tokens"]),
  post("responses", [...both("/responses/compact"), "/openai/v1/responses/compact"]),
  post("messages", ["/v1/messages", "/v1/messages/count_tokens"], { shape: "anthropic", query: ["beta"] }),
  post("generate-content", googlePaths("generateContent"), google),
  post("generate-content", googlePaths("streamGenerateContent"), google),
  post("generate-content", googlePaths("countTokens"), google),
  post("images", both("/images/generations")),
  post("images", both("/images/edits"), { body: "json-or-form" }),
  post("speech", both("/audio/speech")),
  post("transcriptions", both("/audio/transcriptions"), { body: "form" }),
  post("moderations", both("/moderations")),
  post("rerank", ["/rerank", "/v1/rerank", "/v2/rerank"]),
  get("models", both("/models")),
  get("models", ["/models/{model_id}", "/v1/models/{model_id}"], { model: "path" }),
  get("realtime", [...both("/realtime"), "/openai/v1/realtime"], {
    method: "WEBSOCKET",
    body: "websocket",
    model: "query",
    query: ["model", "intent"],
  }),
  get("stored-responses", stored(""), { model: "hidden", query: ["include", "include[]", "stream", "starting_after"] }),
  get("stored-responses", stored("/input_items"), { model: "hidden", query: [...listing, "include", "include[]"] }),
  post("stored-responses", stored("/cancel"), { body: "none", model: "hidden" }),
  get("stored-responses", stored(""), { method: "DELETE", model: "hidden" }),
  get("files", both("/files"), { model: "hidden", query: [...listing, "purpose"] }),
  post("files", both("/files"), { body: "form", model: "hidden" }),
  get("files", [...both("/files/{file_id:path}"), ...both("/files/{file_id:path}/content")], { model: "hidden" }),
  get("files", both("/files/{file_id:path}"), { method: "DELETE", model: "hidden" }),
  get("batches", [...both("/batches"), ...both("/batches/{batch_id:path}")], { model: "hidden", query: listing }),
  post("batches", both("/batches"), { model: "hidden" }),
  post("batches", both("/batches/{batch_id:path}/cancel"), { body: "none", model: "hidden" }),
];

/**
 * Pass-through prefixes that can be named: there a real LiteLLM 1.108.10 was seen to book on `litellm_metadata` and to keep it from
 * the provider. Others (Bedrock, Vertex AI, ...) have handlers of their own that nobody has tried.
 */
export const PASS_THROUGH_PREFIXES = ["anthropic", "openai"] as const;

/** A path below which LiteLLM hands everything on to a provider; forwarded only where the settings name it as a whole. */
export function passThroughRule(path: string): RouteRule {
  return post("pass-through", [path], { shape: path.startsWith("/anthropic/") ? "anthropic" : "openai" });
}

function googlePaths(action: string): string[] {
  return [`/models/{model_name:path}:${action}`, `/v1beta/models/{model_name:path}:${action}`];
}

function stored(tail: string): string[] {
  return ["/responses", "/v1/responses", "/openai/v1/responses"].map((base) => `${base}/{response_id}${tail}`);
}
