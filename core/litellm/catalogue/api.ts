import type { Model } from "./catalogue";
import { readPart } from "./versions";

/**
 * What a route is for: models, administration, the admin interface, probes and metrics, a provider's own interface
 * behind the gateway, or none of these for certain. By LiteLLM's own lists of routes, then by family of paths.
 */
export type RouteClass = "llm" | "management" | "ui" | "health" | "pass-through" | "unknown";

/** One HTTP route of the proxy. */
export interface Route {
  /** An HTTP method, `WS` for a websocket, `MOUNT` for everything below a path. */
  readonly method: string;
  /** With parameters as LiteLLM writes them, such as `/v1/files/{file_id:path}`. */
  readonly path: string;
  readonly class: RouteClass;
  /** The route declares LiteLLM's check of the key. Without it the handler may still check one by itself. */
  readonly keyed: boolean;
  /** Left out of LiteLLM's own OpenAPI document. */
  readonly hidden: boolean;
  /** Served by the `litellm-enterprise` package. */
  readonly enterprise: boolean;
  /** The model that the body is read into; see {@link Api.requests}. */
  readonly body?: string;
  /** The lists of LiteLLM's `LiteLLMRoutes` that name the path, such as `public_routes`. */
  readonly lists: readonly string[];
}

/** What a request of the administration takes. */
export interface RequestModel extends Model {
  /** Of the fields that have one; a field without may be left empty. */
  readonly defaults: Readonly<Record<string, unknown>>;
}

/** A Prometheus metric, by the name it is created with: a counter shows up with `_total` at its end. */
export interface Metric {
  readonly type: "counter" | "gauge" | "histogram" | "summary";
  /** Without those that `custom_prometheus_metadata_labels` and `custom_prometheus_tags` add. */
  readonly labels: readonly string[];
  /** Labels that are there only where a switch in `litellm_settings` is on, by its name. */
  readonly optional: Readonly<Record<string, readonly string[]>>;
  readonly description?: string;
}

/** What the proxy of one version offers and reads over HTTP. */
export interface Api {
  /** Sorted by method and path. */
  readonly routes: readonly Route[];
  /** Bodies of the administration of keys, teams, users, budgets, tags, customers, organisations and projects, by name. */
  readonly requests: ReadonlyMap<string, RequestModel>;
  /** Request headers that are read, in lower case, with the file and line that does; `user_header_name` and the like add more. */
  readonly headers: ReadonlyMap<string, string>;
  readonly metrics: ReadonlyMap<string, Metric>;
}

/** The file as `scripts/catalogue` writes it. */
interface ApiFile {
  readonly routes: Readonly<Record<string, string>>;
  readonly requests: Readonly<Record<string, Partial<RequestModel> & Pick<Model, "fields">>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly metrics: Readonly<Record<string, Pick<Metric, "type" | "labels"> & Partial<Metric>>>;
}

/** Reads the interface of one registered version. */
export function readApi(version: string): Api {
  const file = readPart(version, "api") as ApiFile;
  const requests = Object.entries(file.requests).map(([name, model]): [string, RequestModel] => [
    name,
    { fields: model.fields, required: model.required ?? [], open: model.open ?? false, defaults: model.defaults ?? {} },
  ]);
  const metrics = Object.entries(file.metrics).map(([name, metric]): [string, Metric] => [name, { optional: {}, ...metric }]);
  return {
    routes: Object.entries(file.routes).map(([route, described]) => routeOf(route, described)),
    requests: new Map(requests),
    headers: new Map(Object.entries(file.headers)),
    metrics: new Map(metrics),
  };
}

/** `management keyed @GenerateKeyRequest #management_routes` of `POST /key/generate`. */
function routeOf(route: string, described: string): Route {
  const [method = "", path = ""] = route.split(" ");
  const [routeClass, ...words] = described.split(" ");
  const body = words.find((word) => word.startsWith("@"));
  return {
    method,
    path,
    class: routeClass as RouteClass,
    keyed: words.includes("keyed"),
    hidden: words.includes("hidden"),
    enterprise: words.includes("enterprise"),
    ...(body && { body: body.slice(1) }),
    lists: words.filter((word) => word.startsWith("#")).map((word) => word.slice(1)),
  };
}
