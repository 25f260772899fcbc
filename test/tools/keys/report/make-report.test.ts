import type { Lifetime } from "../../../../core/keys";
import type { CurrentObject } from "../../../../tools/keys/plan";
import { keyReportSchema, makeReport } from "../../../../tools/keys/report";
import { inDays, inputOf, keyRow, NOW, TOKEN_ID, thing, wantedKey } from "./inventory";

const DAY = 86_400_000;

function concernsOf(keys: readonly CurrentObject[], wanted = [wantedKey("ci-eval")], objects: readonly CurrentObject[] = []) {
  return makeReport(inputOf(keys, wanted, objects)).concerns.map(
    ({ concern, kind, name, message }) => `${concern} ${kind} ${name}: ${message}`,
  );
}

describe("a key of the file", () => {
  test("is in the inventory with its owner, place, budget and times, and nothing is said of it", () => {
    const report = makeReport(inputOf([keyRow("ci-eval")], [wantedKey("ci-eval")]));

    expect(report.concerns).toEqual([]);
    expect(report.counts).toEqual({ keys: 1, foreignKeys: 0, sessions: 0 });
    expect(report.keys).toEqual([
      {
        name: "ci-eval",
        state: "in use",
        generation: 1,
        owner: "ann@example.org",
        team: "research",
        models: ["gpt-demo"],
        deliveredTo: "secret llm/keys",
        tokenId: "63692d65",
        made: "2026-11-16T12:00:00Z",
        expires: "2027-09-17T12:00:00Z",
        lastActive: "2026-11-20T12:00:00Z",
        spend: 1,
        budget: 10,
      },
    ]);
    expect(report.owners).toEqual([{ owner: "ann@example.org", keys: 1, spend: 1 }]);
  });

  test.each<[string, CurrentObject, string[]]>([
    ["expired", keyRow("ci-eval", { expires: inDays(-1) }), ["expired key ci-eval: expired on 2026-11-20"]],
    [
      "near its end",
      keyRow("ci-eval", { expires: inDays(30) }),
      ["near-expiry key ci-eval: expires on 2026-12-21, 30 days from now"],
    ],
    ["31 days from its end", keyRow("ci-eval", { expires: inDays(31) }), []],
    ["unused for long", keyRow("ci-eval", { last_active: inDays(-31) }), ["unused key ci-eval: not used since 2026-10-21"]],
    ["used a month ago", keyRow("ci-eval", { last_active: inDays(-29) }), []],
    [
      "never used",
      keyRow("ci-eval", { last_active: null, created_at: inDays(-31) }),
      ["unused key ci-eval: never used since 2026-10-21"],
    ],
    ["new and not used yet", keyRow("ci-eval", { last_active: null, created_at: inDays(-2) }), []],
    ["for every model by an empty list", keyRow("ci-eval", { models: [] }), ["over-scoped key ci-eval: every model"]],
    ["for every model by name", keyRow("ci-eval", { models: ["all-proxy-models"] }), ["over-scoped key ci-eval: every model"]],
    ["without a list of routes", keyRow("ci-eval", { allowed_routes: [] }), ["over-scoped key ci-eval: no list of routes"]],
    [
      "for administration",
      keyRow("ci-eval", { allowed_routes: ["llm_api_routes", "/key/generate"] }),
      ["over-scoped key ci-eval: administration (/key/generate)"],
    ],
    ["without a budget", keyRow("ci-eval", { max_budget: null }), ["over-scoped key ci-eval: no budget"]],
    ["for no model and without a budget", keyRow("ci-eval", { max_budget: null, models: ["no-default-models"] }), []],
    [
      "over its budget",
      keyRow("ci-eval", { spend: 10.5 }),
      ["over-budget key ci-eval: spent 10.50 of 10.00 USD (105 %), and it is never reset"],
    ],
    [
      "near its budget",
      keyRow("ci-eval", { spend: 8, budget_duration: "30d", budget_reset_at: "2026-12-01T00:00:00Z" }),
      ["near-budget key ci-eval: spent 8.00 of 10.00 USD (80 %), reset on 2026-12-01"],
    ],
    ["blocked", keyRow("ci-eval", { blocked: true }), ["blocked key ci-eval: blocked"]],
    [
      "made and not known to be delivered",
      keyRow("ci-eval", {}, { delivered: false }),
      ["undelivered key ci-eval: generation 1 was made and is not known to have arrived; keys apply heals it"],
    ],
  ])("that is %s is told", (_what, row, expected) => {
    expect(concernsOf([row])).toEqual(expected);
  });

  test("whose last day was moved into the past has expired, and is told of as long as the gateway takes it", () => {
    const over = wantedKey("ci-eval", { lifetime: { kind: "fixed", expires: NOW - DAY } });
    const ended = keyRow("ci-eval", { blocked: true });

    expect(concernsOf([keyRow("ci-eval")], [over])).toEqual([
      "expired key ci-eval: its last day was 2026-11-20, and the gateway still takes it; run keys apply",
    ]);
    expect(concernsOf([ended], [over])).toEqual(["expired key ci-eval: expired on 2026-11-20"]);
    expect(makeReport(inputOf([ended], [over])).keys).toMatchObject([{ name: "ci-eval", state: "expired" }]);
    expect(concernsOf([], [over])).toEqual([]);
  });

  test("ends on the day that the file names, though LiteLLM's own end is a moment later", () => {
    const lastDay = Date.parse("2026-12-15T23:59:59.999Z");
    const wanted = [wantedKey("ci-eval", { lifetime: { kind: "fixed", expires: lastDay } })];
    const row = (expires: string) => keyRow("ci-eval", { expires });
    const expiry = (expires: string) => makeReport(inputOf([row(expires)], wanted)).keys.map((key) => key.expires);

    expect(expiry("2026-12-16T00:00:00.412000+00:00")).toEqual(["2026-12-15T23:59:59Z"]);
    expect(concernsOf([row("2026-12-16T00:00:00.412000+00:00")], wanted)).toEqual([
      "near-expiry key ci-eval: expires on 2026-12-15, 24 days from now",
    ]);
    expect(expiry("2026-12-20T12:00:00Z")).toEqual(["2026-12-20T12:00:00Z"]);
  });

  test("that is not in the gateway is told", () => {
    const report = makeReport(inputOf([], [wantedKey("ci-eval")]));

    expect(report.concerns).toEqual([expect.objectContaining({ concern: "missing", name: "ci-eval", ours: true })]);
    expect(report.keys).toEqual([expect.objectContaining({ name: "ci-eval", state: "missing", owner: "ann@example.org" })]);
  });

  test("may use what its team may: every model only where the team has no list", () => {
    const row = keyRow("ci-eval", { models: ["all-team-models"], max_budget: null });
    const team = (models: string[]) => thing("team", "research", { models, max_budget: 100, spend: 0 });

    expect(concernsOf([row], undefined, [team(["gpt-demo"])])).toEqual([]);
    expect(concernsOf([row], undefined, [team([])])).toEqual(["over-scoped key ci-eval: every model"]);
  });

  test("has the budget that it names", () => {
    const budget = thing("budget", "platform:small", { max_budget: 5 });
    const row = keyRow("ci-eval", { max_budget: null, budget_id: "platform:small", spend: 5 });

    expect(concernsOf([row], undefined, [budget])).toEqual([
      "over-budget key ci-eval: spent 5.00 of 5.00 USD (100 %), and it is never reset",
    ]);
  });

  test("with a value that existed before is found by its token id", () => {
    const row = { ...keyRow("old", {}, false), id: TOKEN_ID };
    const report = makeReport(inputOf([row], [wantedKey("ci-eval", { existing: TOKEN_ID })]));

    expect(report.counts).toMatchObject({ keys: 1, foreignKeys: 0 });
    expect(report.keys).toEqual([expect.objectContaining({ name: "ci-eval", state: "in use", tokenId: "deadbeef" })]);
  });

  test("that left the file is told while it waits to be deleted", () => {
    expect(concernsOf([keyRow("gone", { blocked: true })], [])).toEqual([
      "blocked key gone: left the keys file and is blocked; it will be deleted",
    ]);
  });
});

describe("a key that rotates", () => {
  const lifetime: Lifetime = { kind: "rotating", every: 20 * DAY, overlap: 7 * DAY };
  const wanted = [wantedKey("ci-eval", { lifetime })];

  test("is not near its end: it is replaced before", () => {
    expect(concernsOf([keyRow("ci-eval", { expires: inDays(20) })], wanted)).toEqual([]);
  });

  test("is told when its rotation is late", () => {
    expect(concernsOf([keyRow("ci-eval", { expires: inDays(3) }, { made: inDays(-21) })], wanted)).toEqual([
      "rotation-overdue key ci-eval: was to be rotated on 2026-11-20; run keys apply",
    ]);
  });

  test("shows its generations, and who still uses an old one", () => {
    const old = keyRow("ci-eval", { last_active: inDays(-1), expires: inDays(9) }, { generation: 1, made: inDays(-30) });
    const live = keyRow("ci-eval", {}, { generation: 2, made: inDays(-5) });
    const report = makeReport(inputOf([old, live], wanted));

    expect(report.keys.map(({ generation, state }) => [generation, state])).toEqual([
      [2, "in use"],
      [1, "overlapping"],
    ]);
    expect(report.concerns.map(({ concern, message }) => `${concern}: ${message}`)).toEqual([
      "still-used: generation 1 was replaced on 2026-11-16 and still used on 2026-11-20: a consumer has not moved",
    ]);
    expect(report.owners).toEqual([{ owner: "ann@example.org", keys: 1, spend: 2 }]);
  });

  test("says nothing of an old generation that nobody uses, or that is blocked", () => {
    const live = keyRow("ci-eval", {}, { generation: 2, made: inDays(-5) });
    const quiet = keyRow("ci-eval", { last_active: inDays(-6) }, { generation: 1 });
    const blocked = keyRow("ci-eval", { last_active: inDays(-1), blocked: true }, { generation: 1 });

    expect(concernsOf([quiet, live], wanted)).toEqual([]);
    expect(concernsOf([blocked, live], wanted)).toEqual([]);
  });
});

describe("a key that is not ours", () => {
  const foreign = (fields: Parameters<typeof keyRow>[1]) => keyRow("theirs", { key_alias: "theirs", ...fields }, false);

  test("is counted, and told when it belongs to nobody", () => {
    const report = makeReport(inputOf([foreign({ team_id: null })], []));

    expect(report.counts).toEqual({ keys: 0, foreignKeys: 1, sessions: 0 });
    expect(report.keys).toEqual([]);
    expect(report.concerns).toEqual([
      {
        concern: "unowned",
        kind: "key",
        name: "theirs",
        ours: false,
        message: "no file has it, and it belongs to no user and no team",
      },
    ]);
  });

  test.each(["user_id", "team_id"])("has an owner when it has a %s", (field) => {
    expect(concernsOf([foreign({ team_id: null, [field]: "somebody" })], [])).toEqual([]);
  });

  test("is told when it may do too much", () => {
    expect(concernsOf([foreign({ models: [], allowed_routes: ["*"], max_budget: null })], [])).toEqual([
      "over-scoped key theirs: every model; administration (*); no budget",
    ]);
  });

  test("without an alias is named by the beginning of its token id", () => {
    const row = { ...foreign({ team_id: null, key_alias: null }), id: TOKEN_ID };

    expect(concernsOf([row], [])).toEqual([
      "unowned key token id deadbeef: no file has it, and it belongs to no user and no team",
    ]);
  });

  test.each([
    ["has expired", foreign({ team_id: null, expires: inDays(-1) })],
    ["is blocked", foreign({ team_id: null, blocked: true })],
    ["is another owner's", keyRow("theirs", { models: [], team_id: null }, { owner: "other" })],
  ])("is only counted when it %s", (_what, row) => {
    const report = makeReport(inputOf([row], []));

    expect([report.counts.foreignKeys, report.concerns]).toEqual([1, []]);
  });

  test("is a session when LiteLLM made it for somebody in its admin interface", () => {
    const report = makeReport(inputOf([foreign({ team_id: "litellm-dashboard", models: [], expires: inDays(1) })], []));

    expect(report.counts).toEqual({ keys: 0, foreignKeys: 0, sessions: 1 });
    expect(report.concerns).toEqual([]);
  });
});

describe("budgets", () => {
  const objects = [
    thing("budget", "platform:small", { max_budget: 5, budget_duration: "30d" }),
    thing("team", "research", { team_alias: "Research", max_budget: 400, spend: 412, budget_reset_at: "2026-12-01T00:00:00" }),
    thing("user", "carol", { max_budget: 0, spend: 0 }),
    thing("tag", "engineering", { budget_id: "platform:small", spend: 1 }),
    thing("customer", "acme", { alias: "Acme (cdktf-litellm: platform)", budget_id: "platform:small", spend: 4.5 }),
    thing("team", "free", { spend: 3 }),
  ];

  test.each<[string, Parameters<typeof thing>[2]]>([
    ["null", { spend: null }],
    ["no number at all", {}],
  ])("whose spend the gateway gives as %s have none that is known, come last, and nothing is said of them", (_what, fields) => {
    const tag = thing("tag", "research", { budget_id: "platform:small", ...fields });
    const report = makeReport(inputOf([], [], [tag, thing("team", "idle", { max_budget: 5, spend: 0 }), ...objects.slice(0, 1)]));

    expect(report.budgets).toEqual([
      { kind: "team", name: "idle", spend: 0, budget: 5, percent: 0 },
      { kind: "tag", name: "research", spend: null, budget: 5, percent: null, duration: "30d" },
    ]);
    expect(report.concerns).toEqual([]);
    expect(keyReportSchema.parse(report)).toEqual(report);
  });

  test("of teams, users, tags and customers stand beside their spend, the fullest first", () => {
    const report = makeReport(inputOf([keyRow("ci-eval")], [wantedKey("ci-eval")], objects));

    expect(report.budgets.map(({ kind, name, percent }) => `${kind} ${name} ${percent}`)).toEqual([
      "team Research 103",
      "user carol 100",
      "customer acme 90",
      "tag engineering 20",
      "key ci-eval 10",
    ]);
    expect(report.concerns.map(({ concern, kind, name, ours }) => [concern, kind, name, ours])).toEqual([
      ["over-budget", "team", "Research", false],
      ["over-budget", "user", "carol", false],
      ["near-budget", "customer", "acme", true],
    ]);
  });
});

test("a report fits its schema, is the same in any order of rows, and shows no token id", () => {
  const rows = [
    { ...keyRow("a", { models: [] }), id: TOKEN_ID },
    keyRow("b", { expires: inDays(3) }),
    keyRow("c", { team_id: null }, false),
    keyRow("d", {}, { delivered: false }),
  ];
  const wanted = ["a", "b", "d", "e"].map((name) => wantedKey(name));
  const report = makeReport(inputOf(rows, wanted));

  expect(keyReportSchema.parse(report)).toEqual(report);
  expect(makeReport(inputOf([...rows].reverse(), wanted))).toEqual(report);
  expect(JSON.stringify(report)).not.toMatch(/[0-9a-f]{9,}/);
  expect(report.at).toBe(new Date(NOW).toISOString().replace(".000", ""));
});

test("ten thousand keys and as many users take less than two seconds", () => {
  const names = Array.from({ length: 10_000 }, (_, index) => `key-${index}`);
  const input = inputOf(
    names.map((name) => keyRow(name)),
    names.map((name) => wantedKey(name)),
    names.map((name) => thing("user", name, { max_budget: 5, spend: 1 })),
  );
  const before = process.cpuUsage().user;

  expect(makeReport(input).keys).toHaveLength(10_000);
  expect((process.cpuUsage().user - before) / 1e6).toBeLessThan(2);
});
