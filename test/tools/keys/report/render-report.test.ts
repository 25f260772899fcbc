import { keyReportSchema, makeReport, renderKeyReport } from "../../../../tools/keys/report";
import { inDays, inputOf, keyRow, TOKEN_ID, thing, wantedKey } from "./inventory";

const rows = [
  { ...keyRow("ci-eval", { expires: inDays(-1) }), id: TOKEN_ID },
  keyRow("claude-code", { models: ["a", "b", "c", "d"], spend: 9 }),
  keyRow("x", { key_alias: "odd|name\u001b[31m <b>`@everyone`", team_id: null }, false),
];
const wanted = ["ci-eval", "claude-code", "to-come"].map((name) => wantedKey(name));
const report = makeReport(inputOf(rows, wanted, [thing("team", "research", { max_budget: 400, spend: 12.5 })]));
const quiet = makeReport(inputOf([keyRow("ci-eval")], [wantedKey("ci-eval")]));

test("text answers first, then says what to look at, then shows budgets, owners and keys", () => {
  expect(
    renderKeyReport(report, "text"),
  ).toBe(`3 keys of platform, 1 not ours: 4 to look at, 2 of them urgent (2026-11-21T12:00:00Z)

to look at
  ! expired           key ci-eval                            expired on 2026-11-20
  ! missing           key to-come                            is in the keys file and not in the gateway; run keys apply
  · near-budget       key claude-code                        spent 9.00 of 10.00 USD (90 %), and it is never reset
  · unowned           key odd|name\\u001b[31m <b>\`@everyone\`  no file has it, and it belongs to no user and no team (not ours)

budgets
        name         spend  budget   %  resets
  key   claude-code   9.00   10.00  90  never
  key   ci-eval       1.00   10.00  10  never
  team  research     12.50  400.00   3  never

owners
  owner            keys  spend
  ann@example.org     3  10.00

keys
  key              state    owner            team      models           spend  budget  expires     last active  token id
  ci-eval (1)      expired  ann@example.org  research  gpt-demo          1.00   10.00  2026-11-20  2026-11-20   deadbeef
  claude-code (1)  in use   ann@example.org  research  a, b and 2 more   9.00   10.00  2027-09-17  2026-11-20   636c6175
  to-come          missing  ann@example.org  research  gpt-demo          0.00
`);
});

describe("a tag whose spend LiteLLM does not give", () => {
  const tag = makeReport(inputOf([], [], [thing("tag", "research", { max_budget: 10, spend: null })]));

  test("is unknown in text, with where to find it", () => {
    expect(renderKeyReport(tag, "text")).toBe(`0 keys of platform, 0 not ours: nothing to look at (2026-11-21T12:00:00Z)

budgets
       name        spend  budget        %  resets
  tag  research  unknown   10.00  unknown  never
  unknown: LiteLLM's API gives no spend of these; keys report --spend --month YYYY-MM has a month's
`);
  });

  test("is unknown in Markdown, with where to find it", () => {
    expect(renderKeyReport(tag, "md").split("\n")).toEqual(
      expect.arrayContaining([
        "| tag | research | unknown | 10.00 | unknown | never |",
        "unknown: LiteLLM's API gives no spend of these; `keys report --spend --month YYYY-MM` has a month's",
      ]),
    );
  });

  test("is null in JSON", () => {
    expect(JSON.parse(renderKeyReport(tag, "json")).budgets).toMatchObject([{ name: "research", spend: null, percent: null }]);
  });

  test("is not spoken of where every spend is known", () => {
    expect(renderKeyReport(report, "text") + renderKeyReport(report, "md")).not.toContain("unknown");
  });
});

test("nothing to look at is said in one line", () => {
  expect(renderKeyReport(quiet, "text").split("\n").slice(0, 3)).toEqual([
    "1 key of platform, 0 not ours: nothing to look at (2026-11-21T12:00:00Z)",
    "",
    "budgets",
  ]);
});

test("Markdown has the answer as its heading, and names in it are text", () => {
  const lines = renderKeyReport(report, "md").split("\n");

  expect(lines[0]).toBe("### ❌ 3 keys of platform, 1 not ours: 4 to look at, 2 of them urgent (2026-11-21T12:00:00Z)");
  expect(lines).toContain("| expired | key | ci-eval | expired on 2026-11-20 |");
  expect(lines).toContain(
    "| unowned | key | odd\\|name\\\\u001b\\[31m \\<b\\>\\`&#64;everyone\\` | no file has it, and it belongs to no user and no team (not ours) |",
  );
  expect(renderKeyReport(quiet, "md").split("\n")[0]).toMatch(/^### ✔ /);
});

test("JSON is the report, as its schema says", () => {
  expect(keyReportSchema.parse(JSON.parse(renderKeyReport(report, "json")))).toEqual(report);
});

test.each(["text", "json", "md"] as const)("no token id is shown whole as %s", (format) => {
  expect(renderKeyReport(report, format)).not.toMatch(/[0-9a-f]{9,}/);
});
