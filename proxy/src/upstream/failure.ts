/** Why the gateway gave no answer, or half of one. */
export type FailureCode =
  | "upstream_busy"
  | "upstream_closed"
  | "upstream_unreachable"
  | "upstream_reset"
  | "upstream_cut"
  | "upstream_malformed"
  | "upstream_connect_timeout"
  | "upstream_stalled"
  | "upstream_headers_timeout"
  | "upstream_idle_timeout"
  | "upstream_total_timeout";

/** A failure as the client may see it: nothing in it tells where the gateway is. */
export interface UpstreamFailure {
  /** The status to answer with, if no answer has begun. */
  readonly status: 502 | 503 | 504;
  readonly code: FailureCode;
  readonly message: string;
}

const FAILURES: Readonly<Record<FailureCode, readonly [UpstreamFailure["status"], string]>> = {
  upstream_busy: [503, "all connections to the gateway are in use"],
  upstream_closed: [503, "the identity proxy is shutting down"],
  upstream_unreachable: [502, "the gateway cannot be reached"],
  upstream_reset: [502, "the gateway closed the connection without an answer"],
  upstream_cut: [502, "the gateway broke off its answer"],
  upstream_malformed: [502, "the gateway's answer is not valid HTTP"],
  upstream_connect_timeout: [504, "the gateway did not accept a connection in time"],
  upstream_stalled: [504, "the gateway stopped reading the request"],
  upstream_headers_timeout: [504, "the gateway did not answer in time"],
  upstream_idle_timeout: [504, "the gateway paused its answer for too long"],
  upstream_total_timeout: [504, "the gateway's answer took too long"],
};

/** The failure with a code. */
export function failure(code: FailureCode): UpstreamFailure {
  const [status, message] = FAILURES[code];
  return { status, code, message };
}
