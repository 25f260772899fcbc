/** What became of a request. */
export type Decision = "forwarded" | "refused" | "failed";

/** One request, as the audit line tells it: no token, no key, no prompt, no value of a header or of the body but the model. */
export interface AuditRecord {
  /** Milliseconds since 1970; written in ISO 8601, UTC. */
  readonly time: number;
  readonly requestId: string;
  readonly listener: string;
  readonly decision: Decision;
  /** `ok`, or the reason code. */
  readonly reason: string;
  readonly method: string;
  /** Class of the route; undefined where there is none. */
  readonly routeClass: string | undefined;
  /** The route as LiteLLM declares it; never the path as sent, which may hold anything. */
  readonly route: string | undefined;
  /** Hashed, plain or undefined, as the settings say. */
  readonly caller: string | undefined;
  /** How many groups of the policy the caller has. */
  readonly groups: number | undefined;
  readonly model: string | undefined;
  /** Tags that the gateway's limits made the proxy drop or shorten. */
  readonly changedTags: number | undefined;
  /** Status sent to the client; undefined where the connection ended before. */
  readonly status: number | undefined;
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly milliseconds: number;
  /** Until the head of the gateway's answer. */
  readonly firstByteMilliseconds: number | undefined;
}

/** Longest model name that is written out. */
const LONGEST_MODEL = 200;

/** The record as one line of JSON. */
export function auditLine(record: AuditRecord): string {
  const { status, bytesIn, bytesOut, milliseconds, firstByteMilliseconds } = record;
  const answer = status === undefined ? "" : `,"status":${status}`;
  const first = firstByteMilliseconds === undefined ? "" : `,"first_byte_ms":${firstByteMilliseconds}`;
  const figures = `${answer},"bytes_in":${bytesIn},"bytes_out":${bytesOut},"ms":${milliseconds}${first}`;
  return `{"time":"${isoTime(record.time)}","request_id":"${record.requestId}",${knownMembers(record)}${figures}}\n`;
}

const membersByKey = new Map<string, string>();
const MOST_KNOWN = 1000;

/** What is the same for many requests, as members of the line: JSON of it takes longer than all the rest of the line. */
function knownMembers(record: AuditRecord): string {
  const { listener, decision, reason, method, routeClass, route, caller, groups, model, changedTags } = record;
  if (model !== undefined && model.length > LONGEST_MODEL) return membersOf(record);
  const found = `${orAbsent(routeClass)}\n${orAbsent(route)}`;
  const request = `${listener}\n${decision}\n${reason}\n${method}\n${found}\n${groups}\n${changedTags}`;
  // A caller and a model can be named in any way, but for control characters in callers.
  const key = `${request}\n${orAbsent(caller)}\n${orAbsent(model)}`;
  const known = membersByKey.get(key);
  if (known !== undefined) return known;
  const members = membersOf(record);
  if (membersByKey.size >= MOST_KNOWN) membersByKey.clear();
  membersByKey.set(key, members);
  return members;
}

function orAbsent(text: string | undefined): string {
  return text === undefined ? "" : `=${text}`;
}

function membersOf({ changedTags, model, ...record }: AuditRecord): string {
  return JSON.stringify({
    listener: record.listener,
    decision: record.decision,
    reason: record.reason,
    method: record.method,
    route_class: record.routeClass,
    route: record.route,
    caller: record.caller,
    groups: record.groups,
    model: model === undefined || model.length <= LONGEST_MODEL ? model : model.slice(0, LONGEST_MODEL),
    changed_tags: changedTags === 0 ? undefined : changedTags,
  }).slice(1, -1);
}

let lastTime = Number.NaN;
let lastText = "";

/** Many requests end within the same millisecond. */
function isoTime(milliseconds: number): string {
  if (milliseconds !== lastTime) {
    lastText = new Date(milliseconds).toISOString();
    lastTime = milliseconds;
  }
  return lastText;
}
