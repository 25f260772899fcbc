import type { Json } from "../../../../core/keys";
import { GatewayError, type GatewayHttp } from "../../../../tools/keys/gateway";
import { daysOfMonth, readSpend, renderSpend, type SpendReport, spendReportSchema } from "../../../../tools/keys/report";

const AFTER = Date.UTC(2026, 10, 21);
const FIRST = "1".repeat(64);
const SECOND = "2".repeat(64);
const THEIRS = "3".repeat(64);

/** A row of LiteLLM's daily books: what an entity used with one key on one day. */
interface Booked {
  readonly date: string;
  readonly entity: string;
  readonly key: string;
  readonly spend: number;
  readonly requests: number;
}

const ALIASES: Readonly<Record<string, string>> = { [FIRST]: "ci-eval.g1", [SECOND]: "ci-eval.g2", [THEIRS]: "theirs.g1" };

const metrics = (rows: readonly Booked[]): Json => ({
  // As LiteLLM does it: 3 * 0.00022 is 0.0006600000000000001.
  spend: rows.reduce((total, { spend }) => total + spend, 0),
  api_requests: rows.reduce((total, { requests }) => total + requests, 0),
  failed_requests: 0,
  prompt_tokens: rows.reduce((total, { requests }) => total + 8 * requests, 0),
  completion_tokens: rows.reduce((total, { requests }) => total + 20 * requests, 0),
});

function grouped(rows: readonly Booked[], by: "date" | "entity" | "key"): [string, Booked[]][] {
  const groups = new Map<string, Booked[]>();
  for (const row of rows) groups.set(row[by], [...(groups.get(row[by]) ?? []), row]);
  return [...groups];
}

/** Answers as LiteLLM 1.108.10 does: each page adds up its own rows, by day. */
function pageOf(rows: readonly Booked[], page: number, size: number, names: Readonly<Record<string, Json>>): Json {
  const shown = rows.slice((page - 1) * size, page * size);
  const results = grouped(shown, "date").map(([date, ofDay]) => ({
    date,
    metrics: metrics(ofDay),
    breakdown: {
      entities: Object.fromEntries(
        grouped(ofDay, "entity").map(([id, own]) => [id, { metrics: metrics(own), metadata: names[id] ?? {} }]),
      ),
      api_keys: Object.fromEntries(
        grouped(ofDay, "key").map(([id, own]) => [
          id,
          { metrics: metrics(own), metadata: { key_alias: ALIASES[id] ?? null, team_id: null, user_id: null } },
        ]),
      ),
    },
  }));
  return { results, metadata: { page, total_pages: Math.ceil(rows.length / size), has_more: page * size < rows.length } };
}

type Books = Readonly<Record<string, readonly Booked[] | undefined>>;
const NAMES = { research: { team_alias: "Research" }, carol: { user_email: "carol@example.org" } };

function gateway(books: Books, size = 1000): GatewayHttp & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    get: async (path, query = {}) => {
      asked.push(`${path} ${query.start_date} ${query.end_date} ${query.page}`);
      const rows = books[path.split("/")[1] ?? ""];
      if (!rows) throw new GatewayError("not found", "", 404);
      return pageOf(rows, Number(query.page), size, NAMES);
    },
    post: async () => null,
  };
}

const row = (entity: string, key: string, changes: Partial<Booked> = {}): Booked => ({
  ...{ date: "2026-10-07", entity, key, spend: 0.00022, requests: 1 },
  ...changes,
});

const users = [
  row("carol", FIRST, { date: "2026-10-31" }),
  row("carol", FIRST),
  row("carol", SECOND),
  row("Unassigned", SECOND, { spend: 1.5, requests: 3 }),
  row("Unassigned", THEIRS, { spend: 0.000000001 }),
];
const BOOKS: Books = {
  user: users,
  team: [row("research", FIRST, { date: "2026-10-31" }), row("research", FIRST), row("Unassigned", THEIRS, { spend: 1.5 })],
  tag: [
    row("engineering", FIRST),
    row("sales", FIRST, { spend: 3 }),
    row("User-Agent: curl", FIRST),
    row("User Agent: curl/8", FIRST),
  ],
  customer: [row("alice@example.org", FIRST)],
};

const read = (books: Books = BOOKS, size?: number, now = AFTER) =>
  readSpend(gateway(books, size), "2026-10", { now, keyNames: new Set(["ci-eval"]) });

const brief = (lines: readonly { id?: string; name?: string; spend: string }[]) =>
  lines.map(({ id, name, spend }) => [name ?? id, spend]);

describe("a month's spend", () => {
  test("is exact in total and for each team, user, customer and tag, the dearest first", async () => {
    const report = await read();

    expect(report.total).toEqual({
      spend: "1.500660001",
      requests: 7,
      failedRequests: 0,
      promptTokens: 56,
      completionTokens: 140,
    });
    expect(brief(report.users)).toEqual([
      ["Unassigned", "1.500000001"],
      ["carol@example.org", "0.00066"],
    ]);
    expect(brief(report.teams)).toEqual([["Research", "0.00044"]]);
    expect(report.withoutTeam).toMatchObject({ spend: "1.500220001", requests: 5 });
    expect(brief(report.customers)).toEqual([["alice@example.org", "0.00022"]]);
    expect(report.settled).toBe(true);
  });

  test("leaves out the tags that LiteLLM adds by itself, and says that tags overlap", async () => {
    const report = await read();

    expect(brief(report.tags)).toEqual([
      ["sales", "3.00"],
      ["engineering", "0.00022"],
    ]);
    expect(report.notes.join("\n")).toContain("do not add tags up");
  });

  test("counts the generations of a key as code under its name, and other keys by themselves", async () => {
    const report = await read();

    expect(report.keys.map(({ name, tokenIds, spend }) => [name, tokenIds, spend])).toEqual([
      ["ci-eval", ["11111111", "22222222"], "1.50066"],
      ["theirs.g1", ["33333333"], "0.000000001"],
    ]);
  });

  test.each([1, 2, 3])("is the same read in pages of %d rows", async (size) => {
    expect(await read(BOOKS, size)).toEqual(await read());
  });

  test("asks for the whole month, page after page", async () => {
    const http = gateway({ user: users, team: [], tag: [], customer: [] }, 2);

    await readSpend(http, "2026-10", { now: AFTER });

    expect(http.asked.filter((path) => path.startsWith("/user"))).toEqual(
      [1, 2, 3].map((page) => `/user/daily/activity 2026-10-01 2026-10-31 ${page}`),
    );
  });

  test("is exact where floating-point numbers are not", async () => {
    const report = await read({ ...BOOKS, user: Array.from({ length: 9 }, () => row("carol", FIRST)) });

    expect(report.total.spend).toBe("0.00198");
  });

  test("is told without customers by a gateway that does not know them", async () => {
    const report = await read({ ...BOOKS, customer: undefined });

    expect(report.customers).toEqual([]);
    expect(report.notes).toContain("this LiteLLM has no activity by customer");
  });

  test("is no answer when the gateway refuses", async () => {
    await expect(read({ ...BOOKS, tag: undefined })).rejects.toThrow(GatewayError);
  });

  test("is not settled before the month is over", async () => {
    const report = await read(BOOKS, undefined, Date.UTC(2026, 9, 31, 23, 59));

    expect(report.settled).toBe(false);
    expect(renderSpend(report, "text").split("\n")[0]).toBe("2026-10: 1.500660001 USD in 7 requests so far");
  });

  test("is read again when the gateway writes meanwhile, and told when it does not stop", async () => {
    const steady = gateway(BOOKS, 2);
    let growing = 1;
    const http = (until: number): GatewayHttp => ({
      ...steady,
      get: async (path, query = {}) => {
        if (path.startsWith("/user") && growing < until) growing += 1;
        const rows = path.startsWith("/user")
          ? [...users, ...Array.from({ length: growing * 2 }, () => row("dave", THEIRS))]
          : [];
        return pageOf(rows, Number(query.page), 2, NAMES);
      },
    });

    expect((await readSpend(http(6), "2026-10", { now: AFTER })).settled).toBe(true);
    growing = 1;
    const report = await readSpend(http(1000), "2026-10", { now: AFTER });
    expect(report.settled).toBe(false);
    expect(report.notes).toContain("the gateway wrote while it was read: run it again for amounts that fit together");
  });
});

describe("a month", () => {
  test.each([
    ["2026-10", "2026-10-01", "2026-10-31"],
    ["2024-02", "2024-02-01", "2024-02-29"],
    ["2026-12", "2026-12-01", "2026-12-31"],
  ])("%s has its first and last day", (month, start_date, end_date) => {
    expect(daysOfMonth(month)).toMatchObject({ start_date, end_date });
  });

  test.each(["2026-13", "2026-1", "10-2026", "2026-10-01", ""])("is not %s", async (text) => {
    expect(daysOfMonth(text)).toBeUndefined();
    await expect(readSpend(gateway(BOOKS), text, { now: AFTER })).rejects.toThrow(RangeError);
  });
});

describe("a spend report", () => {
  let report: SpendReport;

  beforeAll(async () => {
    const hostile = row("=cmd|' /C calc'!A0", FIRST, { spend: 2 });
    report = await read({ ...BOOKS, tag: [hostile, row("a|b\u001b[31m`x`<i>", FIRST)] });
  });

  test("fits its schema", () => {
    expect(spendReportSchema.parse(JSON.parse(renderSpend(report, "json")))).toEqual(report);
  });

  test("is a CSV with a row a line, in which no name is a formula", () => {
    expect(renderSpend(report, "csv").split("\n")).toEqual([
      "month,kind,id,name,usd,requests,failed_requests,prompt_tokens,completion_tokens",
      "2026-10,total,,,1.500660001,7,0,56,140",
      "2026-10,team,research,Research,0.00044,2,0,16,40",
      "2026-10,team,,(without a team),1.500220001,5,0,40,100",
      "2026-10,user,Unassigned,Unassigned,1.500000001,4,0,32,80",
      "2026-10,user,carol,carol@example.org,0.00066,3,0,24,60",
      "2026-10,customer,alice@example.org,alice@example.org,0.00022,1,0,8,20",
      "2026-10,tag,'=cmd|' /C calc'!A0,'=cmd|' /C calc'!A0,2.00,1,0,8,20",
      "2026-10,tag,a|b\\u001b[31m`x`<i>,a|b\\u001b[31m`x`<i>,0.00022,1,0,8,20",
      "2026-10,key,11111111 22222222,ci-eval,1.50066,6,0,48,120",
      "2026-10,key,33333333,theirs.g1,0.000000001,1,0,8,20",
      "",
    ]);
  });

  test("is Markdown in which a name is text", () => {
    const lines = renderSpend(report, "md").split("\n");

    expect(lines[0]).toBe("### 2026-10: 1.500660001 USD in 7 requests");
    expect(lines).toContain("| Research | 0.00044 | 2 | 0 | 16 | 40 |");
    expect(lines).toContain("| a\\|b\\\\u001b\\[31m\\`x\\`\\<i\\> | 0.00022 | 1 | 0 | 8 | 20 |");
  });

  test("is text in columns, in which a name acts on no terminal", () => {
    const shown = renderSpend(report, "text");

    expect(shown).toContain("  Research              0.00044         2       0             16                 40\n");
    expect(shown).toContain("a|b\\u001b[31m`x`<i>");
    expect(shown).toContain("\ncustomers\n  name ");
  });
});

test.each([
  ["pages", { results: [], metadata: { total_pages: 1e12 } }, "/user/daily/activity says that it has 1000000000000 pages"],
  ["money", { results: [{ date: "2026-10-01", metrics: { spend: 1e300 } }], metadata: {} }, "an amount that no money is"],
])("%s that cannot be are an error of the gateway", async (_what, answer, message) => {
  const http: GatewayHttp = { get: async () => answer, post: async () => null };

  await expect(readSpend(http, "2026-10", { now: AFTER })).rejects.toMatchObject({
    name: "GatewayError",
    message: expect.stringContaining(message),
  });
});
