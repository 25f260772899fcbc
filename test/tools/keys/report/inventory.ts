import type { Desired, DesiredKey, Json } from "../../../../core/keys";
import { type Current, type CurrentObject, MARK } from "../../../../tools/keys/plan";
import type { ReportInput } from "../../../../tools/keys/report";

/** Noon of the day on which these tests live. */
export const NOW = Date.UTC(2026, 10, 21, 12);
/** A full token id; reports may show its beginning only. */
export const TOKEN_ID = `deadbeef${"0123456789abcdef".repeat(4)}`.slice(0, 64);

type Fields = Readonly<Record<string, Json>>;

/** A moment `days` days from now, as LiteLLM writes it. */
export function inDays(days: number): string {
  return new Date(NOW + days * 86_400_000).toISOString().replace("Z", "+00:00");
}

/** A key as the file wants it. */
export function wantedKey(name: string, changes: Partial<DesiredKey> = {}): DesiredKey {
  return {
    kind: "key",
    name,
    id: name,
    fields: { models: ["gpt-demo"], team_id: "research" },
    adopt: false,
    owner: "ann@example.org",
    lifetime: { kind: "fixed", expires: NOW + 300 * 86_400_000 },
    delivery: { kubernetes: { namespace: "llm", name: "keys", key: name } },
    ...changes,
  };
}

/** A key of the gateway that nothing is to be said of; `mark: false`: not ours. */
export function keyRow(name: string, fields: Fields = {}, mark: Fields | false = {}): CurrentObject {
  const generation = typeof mark === "object" && typeof mark.generation === "number" ? mark.generation : 1;
  const marked = { owner: "platform", name, spec: "x", generation, delivered: true, made: inDays(-5), metadata: [] };
  return {
    kind: "key",
    id: Buffer.from(`${name}.g${generation}`).toString("hex").padEnd(64, "0"),
    fields: {
      key_alias: `${name}.g${generation}`,
      models: ["gpt-demo"],
      allowed_routes: ["llm_api_routes"],
      team_id: "research",
      max_budget: 10,
      spend: 1,
      expires: inDays(300),
      created_at: inDays(-5),
      last_active: inDays(-1),
      metadata: mark === false ? {} : { [MARK]: { ...marked, ...mark } },
      ...fields,
    },
  };
}

/** A thing of the gateway other than a key. */
export function thing(kind: CurrentObject["kind"], id: string, fields: Fields): CurrentObject {
  return { kind, id, fields };
}

/** What a report is made of. */
export function inputOf(
  keys: readonly CurrentObject[],
  wanted: readonly DesiredKey[],
  objects: Current["objects"] = [],
): ReportInput {
  const desired: Desired = { objects: [], keys: wanted };
  return { desired, current: { objects, keys }, owner: "platform", now: NOW };
}
