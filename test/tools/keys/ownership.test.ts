import type { Json } from "../../../core/keys";
import { MARK } from "../../../tools/keys/plan";
import { makeReport } from "../../../tools/keys/report";
import { DAY, EVERYTHING, KeysLab, keyText, rowOf, TEAM } from "./keys-lab";

describe("what only looks like ours", () => {
  const SMALL = "budgets:\n  small: { max_budget: 5, budget_duration: 30d }\n";
  const post = (lab: KeysLab, path: string, body: Record<string, Json>): void => {
    expect(lab.litellm.handle("POST", path, body).status).toBe(200);
  };
  /** Applies, and expects that nothing of a kind is changed but what the second file makes. */
  const leftAlone = async (lab: KeysLab, kind: "budget" | "customer" | "team" | "user", id: string, text: string) => {
    const before = JSON.stringify(lab.litellm.tables[kind].get(id));
    await lab.apply(text);
    await lab.apply("{}\n");
    expect(JSON.stringify(lab.litellm.tables[kind].get(id))).toBe(before);
  };

  test.each(["prod:small", "prod:handmade", "prod:small:00000000", "prod:", "prod:small:"])(
    "a budget that somebody called %s",
    async (id) => {
      const lab = new KeysLab();
      post(lab, "/budget/new", { budget_id: id, max_budget: 99 });

      await leftAlone(lab, "budget", id, SMALL);
    },
  );

  test.each<[string, Record<string, Json>]>([
    ["for its members", { team_id: "theirs", metadata: { team_member_budget_id: "prod:small:155c8238" } }],
    ["for itself", { team_id: "theirs", budget_id: "prod:small:155c8238" }],
  ])("keeps a budget of ours that somebody's team uses %s", async (_what, team) => {
    const lab = new KeysLab();
    await lab.apply(SMALL);
    post(lab, "/team/new", team);
    await lab.apply("{}\n");

    expect([...lab.litellm.tables.budget.keys()]).toContain("prod:small:155c8238");
  });

  test("a customer that somebody gave one of our budgets, in the file or not", async () => {
    const lab = new KeysLab();
    await lab.apply(SMALL);
    const [budget = ""] = [...lab.litellm.tables.budget.keys()].filter((id) => id.startsWith("prod:"));
    post(lab, "/customer/new", { user_id: "byhand", alias: "By hand", budget_id: budget });
    const named = `${SMALL}customers:\n  byhand: { alias: Ours, budget: small }\n`;

    expect((await lab.plan(named)).plan.notes).toMatchObject([{ kind: "customer", name: "byhand", problem: true }]);
    await leftAlone(lab, "customer", "byhand", SMALL);
    expect((await lab.plan("{}\n")).plan.notes).toMatchObject([
      { kind: "budget", name: "small", message: "not in the file; stays until nothing uses it: 1 does" },
    ]);
  });

  test.each(["team", "user"] as const)("a %s whose metadata were copied from one of ours", async (kind) => {
    const lab = new KeysLab();
    await lab.apply(EVERYTHING);
    const [row] = lab.litellm.tables[kind].values();
    post(lab, `/${kind}/new`, { [`${kind}_id`]: "copy", metadata: row?.metadata ?? null });

    await leftAlone(lab, kind, "copy", EVERYTHING);
  });

  test("the mark of a customer is not in the way of its name", async () => {
    const lab = new KeysLab();
    await lab.apply(EVERYTHING);

    expect(lab.litellm.tables.customer.get("acme")).toMatchObject({ alias: "Acme (cdktf-litellm: prod)" });
    expect((await lab.plan(EVERYTHING, { owner: "other" })).plan.notes).toContainEqual(
      expect.objectContaining({ kind: "customer", name: "acme", message: expect.stringContaining("belongs to another owner") }),
    );
  });
});

describe("a mark that somebody wrote into the gateway", () => {
  test.each<[string, Record<string, Json>]>([
    ["a day that is none, of when it was blocked", { blocked: "whenever" }],
    ["a generation without end", { generation: 9_007_199_254_740_991 }],
    ["a generation of less than one", { generation: 0 }],
    ["a time that is none, of when it was made", { made: "long ago" }],
    ["no overlap that can be read", { previousUntil: "+1" }],
  ])("with %s is not ours: nothing is deleted for it", async (_what, changes) => {
    const lab = new KeysLab();
    await lab.apply(EVERYTHING);
    const row = rowOf(lab, "ci.g1");
    const metadata = row.metadata as Record<string, Json>;
    row.metadata = { ...metadata, [MARK]: { ...(metadata[MARK] as Record<string, Json>), ...changes } };
    row.blocked = true;
    const before = JSON.stringify(row);
    await lab.apply("{}\n");
    lab.time += 100 * DAY;
    await lab.apply("{}\n");

    expect(JSON.stringify(lab.keys().find(({ key_alias }) => key_alias === "ci.g1"))).toBe(before);
    const report = makeReport({ desired: { objects: [], keys: [] }, ...(await lab.plan("{}\n")), owner: "prod", now: lab.time });
    expect(report.keys).toEqual([]);
  });
});

describe("a key of nobody's that is taken over", () => {
  const adopting = (name: string): string => `${TEAM}keys:\n${keyText(name).replace("deliver:", "adopt: true, deliver:")}`;

  test("works on although it is older than its rotation allows: its successor is delivered before it ends", async () => {
    const lab = new KeysLab();
    lab.litellm.handle("POST", "/key/generate", { key: "sk-made-by-hand-long-ago", key_alias: "old" });
    lab.delivered.set("old", "sk-made-by-hand-long-ago");
    lab.time += 200 * DAY;
    await lab.apply(adopting("old"));
    lab.time += DAY;

    expect(lab.litellm.accepts("sk-made-by-hand-long-ago")).toBe(true);
    await lab.apply(adopting("old"));
    expect([lab.delivered.get("old") ?? "", "sk-made-by-hand-long-ago"].map((value) => lab.litellm.accepts(value))).toEqual([
      true,
      true,
    ]);
    lab.time += 15 * DAY;
    await lab.apply(adopting("old"));
    expect(lab.litellm.accepts("sk-made-by-hand-long-ago")).toBe(false);
  });
});

test("a key that was known by its hash, and is to be delivered from now on, gets a value of its own", async () => {
  const lab = new KeysLab();
  lab.litellm.handle("POST", "/key/generate", { key: "sk-somebody-elses-key", key_alias: "theirs" });
  const [hash] = lab.litellm.tables.key.keys();
  const text = (where: string): string =>
    `${TEAM}keys:\n  old: { owner: a, team_id: research, models: [gpt], max_budget: 3, expires: 2027-01-01, ${where} }\n`;
  await lab.apply(text(`existing: ${hash}, adopt: true`));
  const delivered = text("deliver: { kubernetes: { namespace: ai, name: old } }");
  await lab.apply(delivered);

  expect([...lab.delivered.values()].map((value) => lab.litellm.accepts(value))).toEqual([true]);
  expect(lab.litellm.accepts("sk-somebody-elses-key")).toBe(true);
  expect((await lab.plan(delivered)).plan.actions).toEqual([]);
});

test("a key that somebody gave a copy of our metadata does not take the place of ours", async () => {
  const lab = new KeysLab();
  await lab.apply(EVERYTHING);
  const { metadata = null } = rowOf(lab, "ci.g1");
  for (let copy = 1; copy <= 8; copy += 1)
    lab.litellm.handle("POST", "/key/generate", { key: `sk-value-of-copy-${copy}`, key_alias: `copy-${copy}`, metadata });
  const made = lab.values.length;
  await lab.apply(EVERYTHING);

  expect(lab.litellm.accepts(lab.delivered.get("ci") ?? "")).toBe(true);
  expect([lab.values.length, rowOf(lab, "ci.g1").blocked]).toEqual([made, false]);
});

test("a forged mark with the last generation stops the key with a problem, and makes no key in each run", async () => {
  const lab = new KeysLab();
  await lab.apply(EVERYTHING);
  const mark = (rowOf(lab, "ci.g1").metadata as Record<string, Json>)[MARK] as Record<string, Json>;
  const metadata = { [MARK]: { ...mark, generation: 1_000_000 } };
  lab.litellm.handle("POST", "/key/generate", { key: "sk-value-that-is-forged", key_alias: "forged", metadata });
  const made = lab.values.length;
  for (let run = 0; run < 3; run += 1) {
    const { plan } = await lab.apply(EVERYTHING);
    expect(plan.notes).toMatchObject([{ kind: "key", name: "ci", problem: true }]);
  }

  expect(lab.values.length).toBe(made);
  expect(lab.litellm.accepts(lab.delivered.get("ci") ?? "")).toBe(true);
});

test("another hash in the file ends the key of the former one and takes the new one over", async () => {
  const lab = new KeysLab();
  for (const name of ["first", "second"])
    lab.litellm.handle("POST", "/key/generate", { key: `sk-value-of-${name}-one`, key_alias: name });
  const [first = "", second = ""] = lab.litellm.tables.key.keys();
  const text = (hash: string): string =>
    `${TEAM}keys:\n  old: { owner: a, team_id: research, models: [gpt], max_budget: 3, expires: 2027-01-01, existing: ${hash}, adopt: true }\n`;
  await lab.apply(text(first));
  await lab.apply(text(second));

  expect(lab.litellm.tables.key.get(second)).toMatchObject({ max_budget: 3, team_id: "research" });
  expect([lab.litellm.accepts("sk-value-of-first-one"), lab.litellm.accepts("sk-value-of-second-one")]).toEqual([false, true]);
  expect((await lab.plan(text(second))).plan.actions).toEqual([]);
});
