import type { Json } from "../../../core/keys";
import type { GatewayHttp } from "../gateway";
import { withoutOwner } from "../plan";
import { type ActivityDay, type Days, readActivity, readActivityIfAny } from "./activity";
import { byText } from "./key-report";
import { keySpend } from "./key-spend";
import type { SpendLine, SpendReport } from "./spend-report";
import { add, noUsage, rowIn, shownUsage, type Usage, usageIn } from "./usage";

/** How a month's spend is read. */
export interface SpendOptions {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Names of keys as code: what their generations spent is added up under the name. @default none */
  readonly keyNames?: ReadonlySet<string>;
}

/** LiteLLM writes activity some time after the requests: measured 15 to 30 s, so a month is read as settled an hour later. */
const LATE = 3_600_000;
/** Under which LiteLLM books what belongs to none. */
const UNASSIGNED = "Unassigned";
/** What LiteLLM adds to every request by itself. */
const AUTOMATIC_TAG = /^user[- ]agent:/i;

/** The days of a month such as `2026-10`; undefined for anything else. */
export function daysOfMonth(month: string): (Days & { readonly end: number }) | undefined {
  const [, year, number] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(month) ?? [];
  if (year === undefined || number === undefined) return undefined;
  const end = Date.UTC(Number(year), Number(number), 1);
  return { start_date: `${month}-01`, end_date: new Date(end - 1).toISOString().slice(0, 10), end };
}

/**
 * What was spent in a month, by team, user, end user, tag and key, from LiteLLM's own daily books. Days are UTC, as LiteLLM
 * books them.
 *
 * @param month such as `2026-10`
 * @throws RangeError for anything else
 * @throws GatewayError
 */
export async function readSpend(http: GatewayHttp, month: string, options: SpendOptions): Promise<SpendReport> {
  const days = daysOfMonth(month);
  if (!days) throw new RangeError(`${month} is not a month such as 2026-10`);
  const { end, ...dates } = days;
  const users = await readActivity(http, "/user/daily/activity", dates);
  const teams = await readActivity(http, "/team/daily/activity", dates);
  const tags = await readActivity(http, "/tag/daily/activity", dates);
  const customers = await readActivityIfAny(http, "/customer/daily/activity", dates);
  const total = sum(users.days.map(({ metrics }) => usageIn(metrics)));
  const byTeam = entitiesOf(teams.days, "team_alias");
  // LiteLLM 1.108.10 books requests without a team too, other versions do not: what is left of the total is right for both.
  byTeam.delete(UNASSIGNED);
  const withoutTeam = sum([total]);
  for (const { usage } of byTeam.values()) add(withoutTeam, usage, -1);
  const steady = [users, teams, tags, customers].every((activity) => activity?.steady !== false);
  const over = options.now >= end + LATE;
  return {
    reportVersion: 1,
    month,
    settled: steady && over && withoutTeam.nano >= 0n,
    total: shownUsage(total),
    teams: linesOf(byTeam),
    withoutTeam: shownUsage(notNegative(withoutTeam)),
    users: linesOf(entitiesOf(users.days, "user_email")),
    customers: linesOf(entitiesOf(customers?.days ?? [], "alias")),
    tags: linesOf(entitiesOf(tags.days)).filter(({ id }) => !AUTOMATIC_TAG.test(id)),
    keys: keySpend(users.days, options.keyNames ?? new Set()),
    notes: [
      ...(over ? [] : ["the month is not over: these are amounts so far"]),
      ...(steady && withoutTeam.nano >= 0n
        ? []
        : ["the gateway wrote while it was read: run it again for amounts that fit together"]),
      "days are UTC; amounts are exact to a billionth of a dollar",
      "a request with two tags counts in both: do not add tags up; the tags that LiteLLM adds by itself (User-Agent) are left out",
      ...(customers ? [] : ["this LiteLLM has no activity by customer"]),
      ...flatCostNote([...teams.days, ...users.days]),
    ],
  };
}

interface Entity {
  readonly usage: Usage;
  readonly name: Json | undefined;
}

/** What the days name, with its usage over all of them. */
function entitiesOf(days: readonly ActivityDay[], nameField?: string): Map<string, Entity> {
  const found = new Map<string, Entity>();
  for (const { breakdown } of days)
    for (const [id, entity] of Object.entries(rowIn(rowIn(breakdown).entities))) {
      const { metrics, metadata } = rowIn(entity);
      const { usage, name } = found.get(id) ?? { usage: noUsage(), name: undefined };
      add(usage, usageIn(metrics));
      found.set(id, { usage, name: (nameField && rowIn(metadata)[nameField]) || name });
    }
  return found;
}

/** One line for each, the dearest first. */
function linesOf(entities: ReadonlyMap<string, Entity>): SpendLine[] {
  return [...entities]
    .sort(([a, { usage: one }], [b, { usage: other }]) => dearest(one, other) || byText(a, b))
    .map(([id, { usage, name }]) => ({
      id,
      ...(typeof name === "string" && { name: withoutOwner(name) || id }),
      ...shownUsage(usage),
    }));
}

/** Compares for the dearest first. */
function dearest(a: Usage, b: Usage): number {
  return a.nano === b.nano ? 0 : a.nano > b.nano ? -1 : 1;
}

function sum(usages: readonly Usage[]): Usage {
  const total = noUsage();
  for (const usage of usages) add(total, usage);
  return total;
}

function notNegative(usage: Usage): Usage {
  return {
    nano: usage.nano < 0n ? 0n : usage.nano,
    requests: Math.max(0, usage.requests),
    failedRequests: Math.max(0, usage.failedRequests),
    promptTokens: Math.max(0, usage.promptTokens),
    completionTokens: Math.max(0, usage.completionTokens),
  };
}

/** Provisioned throughput is booked beside the spend of requests, and not by request. */
function flatCostNote(days: readonly ActivityDay[]): string[] {
  const any = days.some(({ metrics }) => Number(rowIn(metrics).flat_cost ?? 0) > 0);
  return any ? ["the flat cost of provisioned throughput is not in these amounts"] : [];
}
