import type { ModelList } from "../policy";
import type { Route } from "../routes";
import type { Upstream } from "../upstream";
import type { Caller } from "./caller";
import type { Deadlines } from "./deadlines";
import type { Generation } from "./generation";
import type { Uploads } from "./uploads";

/** What one request needs beside itself. */
export interface Service {
  readonly generation: Generation;
  readonly upstream: Upstream;
  /** The proxy is about to end: connections are not kept. */
  readonly draining: boolean;
  /** Bodies that may not come to a standstill. */
  readonly deadlines: Deadlines;
  /** Large bodies on their way, of all listeners. */
  readonly uploads: Uploads;
}

/** A request that may be forwarded. */
export interface Admitted {
  readonly caller: Caller;
  readonly route: Route;
  readonly models: ModelList;
  /** Path and query as the gateway gets them. */
  readonly target: string;
}
