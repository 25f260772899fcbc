import * as z from "zod";

const count = z.int().min(0);

const usage = {
  spend: z
    .string()
    .regex(/^-?\d+\.\d{2,9}$/)
    .meta({ description: "US dollars, exact to a billionth, as text: a number would round" }),
  requests: count,
  failedRequests: count,
  promptTokens: count,
  completionTokens: count,
};

const line = z.strictObject({
  id: z.string().meta({ description: "as LiteLLM knows it; Unassigned: requests without one" }),
  name: z.string().optional().meta({ description: "alias of a team, e-mail address of a user" }),
  ...usage,
});

const keyLine = z.strictObject({
  name: z.string().meta({ description: "logical name of a key of the keys file, else its alias, else its token id" }),
  tokenIds: z.array(z.string().max(8)).meta({ description: "first characters of the token ids of its generations" }),
  team: z.string().optional(),
  user: z.string().optional(),
  ...usage,
});

/** What the JSON of `keys report --spend` looks like: the source of `docs/reference/keys-spend.schema.json`. */
export const spendReportSchema = z.strictObject({
  reportVersion: z.literal(1),
  month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/),
  settled: z.boolean().meta({ description: "false while the month is not over, or when the gateway wrote while it was read" }),
  total: z.strictObject(usage),
  teams: z.array(line),
  withoutTeam: z.strictObject(usage).meta({ description: "requests of keys that belong to no team" }),
  users: z.array(line),
  customers: z.array(line).meta({ description: "end users; requests that name none are not in it" }),
  tags: z.array(line).meta({ description: "a request with two tags counts in both: do not add these up" }),
  keys: z.array(keyLine),
  notes: z.array(z.string()),
});

export type SpendReport = z.infer<typeof spendReportSchema>;
export type SpendLine = z.infer<typeof line>;
export type KeySpendLine = z.infer<typeof keyLine>;
