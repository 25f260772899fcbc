import { type AuditRecord, auditLine } from "../../../proxy/src/audit";

const RECORD: AuditRecord = {
  time: Date.UTC(2026, 10, 21, 12),
  requestId: "id",
  listener: "api",
  decision: "forwarded",
  reason: "ok",
  method: "POST",
  routeClass: "chat",
  route: "/v1/chat/completions",
  caller: "alice",
  groups: 1,
  model: "gpt-5",
  changedTags: 0,
  status: 200,
  bytesIn: 1,
  bytesOut: 2,
  milliseconds: 3,
  firstByteMilliseconds: 4,
};

/** The line as `JSON.stringify` would write it, without anything remembered. */
function plainly(record: AuditRecord): object {
  const { model, changedTags } = record;
  return JSON.parse(
    JSON.stringify({
      time: new Date(record.time).toISOString(),
      request_id: record.requestId,
      listener: record.listener,
      decision: record.decision,
      reason: record.reason,
      method: record.method,
      route_class: record.routeClass,
      route: record.route,
      caller: record.caller,
      groups: record.groups,
      model: model?.slice(0, 200),
      changed_tags: changedTags === 0 ? undefined : changedTags,
      status: record.status,
      bytes_in: record.bytesIn,
      bytes_out: record.bytesOut,
      ms: record.milliseconds,
      first_byte_ms: record.firstByteMilliseconds,
    }),
  );
}

/** What a client can make of a name, to have its line taken for another's. */
const NAMES = [
  undefined,
  "",
  "undefined",
  "null",
  "=",
  "=gpt-5",
  "gpt-5",
  "\n=gpt-5",
  "gpt-5\n",
  "alice\n=gpt-5",
  "\n\n=",
  '","status":200,"x":"',
  "\\",
  "\u{2028}",
  "\ud800",
  "m".repeat(200),
  "m".repeat(201),
];
/** Callers hold no control characters: tokens with such names are refused. */
const CALLERS = NAMES.filter((name) => !name?.includes("\n"));

test("a line tells of its own request only, whatever callers and models are named, and however often", () => {
  const numbers = [undefined, 0, 1, 11] as const;
  for (let round = 0; round < 2; round++) {
    for (const caller of CALLERS) {
      for (const model of NAMES) {
        for (const groups of numbers) {
          const changedTags = groups === 11 ? 1 : 0;
          const record = { ...RECORD, caller, model, groups, changedTags, requestId: `id-${round}`, bytesIn: round };
          expect(JSON.parse(auditLine(record))).toEqual(plainly(record));
        }
      }
    }
  }
});

test.each([
  ["listener", "other"],
  ["decision", "refused"],
  ["reason", "model_missing"],
  ["method", "GET"],
  ["routeClass", undefined],
  ["routeClass", "undefined"],
  ["route", undefined],
  ["route", "undefined"],
  ["groups", undefined],
  ["changedTags", 2],
  ["status", undefined],
  ["firstByteMilliseconds", undefined],
] as const)("a line with another %s, %p, is not the one before it", (member, value) => {
  auditLine(RECORD);
  const record = { ...RECORD, [member]: value };
  expect(JSON.parse(auditLine(record))).toEqual(plainly(record));
});

test("a line holds one line, and members in one order", () => {
  const text = auditLine({ ...RECORD, model: "a\nb\r" });
  expect(text.indexOf("\n")).toBe(text.length - 1);
  expect(Object.keys(JSON.parse(text))).toEqual(Object.keys(plainly(RECORD)));
});
