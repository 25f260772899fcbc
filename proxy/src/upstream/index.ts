export type { UpstreamTimeouts } from "./connection";
export type { UpstreamEvents } from "./current-request";
export type { FailureCode, UpstreamFailure } from "./failure";
export { headerLines, type UpstreamHead } from "./request-text";
export { createUpstream, type Exchange, type Upstream, type UpstreamClock, type UpstreamOptions } from "./upstream";
