import * as z from "zod";
import { KINDS } from "../../../core/keys";

const dollars = z.number().meta({ description: "US dollars" });
const when = z.string().meta({ description: "ISO 8601, UTC" });

/** What a key line says about the key's part in its rotation. */
const state = z.enum(["in use", "overlapping", "undelivered", "blocked", "expired", "missing"]).meta({
  description:
    "overlapping: replaced, still valid for consumers that have not moved; undelivered: made, not known to have arrived; missing: in the file, not in the gateway",
});

const key = z.strictObject({
  name: z.string().meta({ description: "logical name, as in the keys file" }),
  state,
  generation: z.int().min(1).optional(),
  owner: z.string().optional().meta({ description: "the person or group that answers for it" }),
  team: z.string().optional(),
  models: z.array(z.string()).meta({ description: "empty: every model" }),
  deliveredTo: z.string().optional(),
  tokenId: z.string().max(8).optional().meta({ description: "the first characters of LiteLLM's token id, which is no secret" }),
  made: when.optional(),
  expires: when.optional(),
  lastActive: when.optional(),
  spend: dollars,
  budget: dollars.optional(),
});

const CONCERNS = [
  "expired",
  "missing",
  "undelivered",
  "over-budget",
  "over-scoped",
  "rotation-overdue",
  "still-used",
  "near-expiry",
  "near-budget",
  "unowned",
  "unused",
  "blocked",
] as const;

const concern = z.strictObject({
  concern: z.enum(CONCERNS),
  kind: z.enum(KINDS),
  name: z.string(),
  ours: z.boolean().meta({ description: "whether the keys file of this owner has it" }),
  message: z.string(),
});

const budget = z.strictObject({
  kind: z.enum(["team", "user", "tag", "customer", "key"]),
  name: z.string(),
  spend: z.number().nullable().meta({
    description:
      "US dollars since the last reset; null: LiteLLM's API gives none, as for tags (keys report --spend has a month's)",
  }),
  budget: dollars,
  percent: z.number().nullable().meta({
    description: "spend of budget, rounded down to a whole percent; 100 when the budget is 0; null where spend is",
  }),
  duration: z.string().optional(),
  resets: when.optional(),
});

const count = z.int().min(0);

/** What the JSON of `keys report` looks like: the source of `docs/reference/keys-report.schema.json`. */
export const keyReportSchema = z.strictObject({
  reportVersion: z.literal(1),
  owner: z.string().meta({ description: "whose keys these are: keys.owner of the environment" }),
  at: when,
  counts: z.strictObject({
    keys: count.meta({ description: "keys of this owner by name" }),
    foreignKeys: count.meta({ description: "keys of anybody else, sessions of the admin interface left out" }),
    sessions: count.meta({ description: "keys that LiteLLM makes for people who are signed in to its admin interface" }),
  }),
  concerns: z.array(concern),
  owners: z.array(z.strictObject({ owner: z.string(), keys: count, spend: dollars })),
  budgets: z.array(budget),
  keys: z.array(key),
});

export type KeyReport = z.infer<typeof keyReportSchema>;
export type KeyLine = z.infer<typeof key>;
export type Concern = z.infer<typeof concern>;
export type BudgetLine = z.infer<typeof budget>;

/** In the order of a report: what hurts somebody now comes first. */
export function compareConcerns(a: Concern, b: Concern): number {
  return CONCERNS.indexOf(a.concern) - CONCERNS.indexOf(b.concern) || byText(a.kind, b.kind) || byText(a.name, b.name);
}

/** Compares texts by their code units: the same order on any machine. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
