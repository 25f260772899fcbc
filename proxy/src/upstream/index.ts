export type { UpstreamEvents, UpstreamTimeouts } from "./connection";
export type { FailureCode, UpstreamFailure } from "./failure";
export { headerLines, type UpstreamHead } from "./request-text";
export { createUpstream, type Exchange, type Upstream, type UpstreamClock, type UpstreamOptions } from "./upstream";
