/** What became of a request. */
export type Decision = "forwarded" | "refused" | "failed";

/** One request, as the audit line tells it: no token, no key, no prompt, no value of a header or of the body but the model. */
export interface AuditRecord {
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly requestId: string;
  readonly listener: string;
  readonly decision: Decision;
  /** `ok`, or the reason code. */
  readonly reason: string;
  readonly method: string;
  /** Class of the route; absent where there is none. */
  readonly routeClass?: string;
  /** The route as LiteLLM declares it; never the path as sent, which may hold anything. */
  readonly route?: string;
  /** Hashed, plain or absent, as the settings say. */
  readonly caller?: string;
  /** How many groups of the policy the caller has. */
  readonly groups?: number;
  readonly model?: string;
  /** Tags that the gateway's limits made the proxy drop or shorten. */
  readonly changedTags?: number;
  /** Status sent to the client; absent where the connection ended before. */
  readonly status?: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly milliseconds: number;
  /** Until the head of the gateway's answer. */
  readonly firstByteMilliseconds?: number;
}

/** Longest model name that is written out. */
const LONGEST_MODEL = 200;

/** The record as one line of JSON. */
export function auditLine(record: AuditRecord): string {
  const { requestId, routeClass, bytesIn, bytesOut, milliseconds, firstByteMilliseconds, changedTags, model } = record;
  return `${JSON.stringify({
    time: record.time,
    request_id: requestId,
    listener: record.listener,
    decision: record.decision,
    reason: record.reason,
    method: record.method,
    route_class: routeClass,
    route: record.route,
    caller: record.caller,
    groups: record.groups,
    model: model?.slice(0, LONGEST_MODEL),
    changed_tags: changedTags === 0 ? undefined : changedTags,
    status: record.status,
    bytes_in: bytesIn,
    bytes_out: bytesOut,
    ms: milliseconds,
    first_byte_ms: firstByteMilliseconds,
  })}\n`;
}
