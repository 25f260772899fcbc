import type { Json } from "../../../core/keys";
import { DeliveryError } from "../../../tools/keys/delivery";
import { GatewayError } from "../../../tools/keys/gateway";
import { MARK } from "../../../tools/keys/plan";
import { makeReport } from "../../../tools/keys/report";
import { planJson, planText } from "../../../tools/keys/show";
import { DAY, KeysLab, keyText, START, TEAM } from "./keys-lab";

const EVERYTHING = `budgets:
  small: { max_budget: 5, budget_duration: 30d }
${TEAM}users:
  alice: { user_email: alice@example.org, max_budget: 20, budget_duration: 30d }
tags:
  engineering: { description: all of it, budget: small }
customers:
  acme: { alias: Acme, budget: small }
keys:
${keyText("ci", "expires: 2027-02-01, user_id: alice, allow_client_tags: true, metadata: { count: 1, nested: { on: false } }")}${keyText("agent")}`;

const rowOf = (lab: KeysLab, alias: string): Record<string, Json> => {
  const row = lab.keys().find(({ key_alias }) => key_alias === alias);
  if (!row) throw new Error(`there is no ${alias}`);
  return row as Record<string, Json>;
};

describe("on a new gateway", () => {
  test("apply makes everything, and then there is nothing to do", async () => {
    const lab = new KeysLab();
    const { executed } = await lab.apply(EVERYTHING);

    expect(executed.failed).toEqual([]);
    expect(executed.done.map(({ verb, kind, name }) => `${verb} ${kind} ${name}`)).toEqual([
      "create budget small",
      "create team research",
      "create user alice",
      "create tag engineering",
      "create customer acme",
      "issue key agent",
      "issue key ci",
    ]);
    const { plan } = await lab.plan(EVERYTHING);
    expect(plan).toEqual({ actions: [], notes: [], unchanged: 7, foreign: 0 });
  });

  test("the file's other order changes nothing", async () => {
    const lab = new KeysLab();
    await lab.apply(EVERYTHING.replace("models: [gpt], max_budget: 100", "models: [gpt, b, a], max_budget: 100"));
    const { plan } = await lab.plan(
      EVERYTHING.replace("models: [gpt], max_budget: 100", "models: [a, b, gpt], max_budget: 100.0"),
    );

    expect(plan.actions).toEqual([]);
  });

  test("booleans and numbers of metadata go over the wire as they are", async () => {
    const lab = new KeysLab();
    await lab.apply(EVERYTHING);
    const sent = lab.litellm.wire.find(({ path, body }) => path === "/key/generate" && body.key_alias === "ci.g1");

    expect(sent?.body.metadata).toMatchObject({ allow_client_tags: true, count: 1, nested: { on: false } });
    expect(JSON.stringify(sent?.body)).toContain('"allow_client_tags":true');
    expect(rowOf(lab, "ci.g1").metadata).toMatchObject({ allow_client_tags: true });
  });

  test("a key may call the routes of models and nothing else, and ends when the file says", async () => {
    const lab = new KeysLab();
    await lab.apply(EVERYTHING);

    expect(rowOf(lab, "ci.g1")).toMatchObject({ allowed_routes: ["llm_api_routes"], expires: "2027-02-02T00:00:00.000Z" });
  });

  test("each consumer has the value of its key, which is nowhere else", async () => {
    const lab = new KeysLab();
    const { plan, executed } = await lab.apply(EVERYTHING);

    for (const name of ["ci", "agent"]) expect(lab.litellm.accepts(lab.delivered.get(name) ?? "")).toBe(true);
    const seen = JSON.stringify([plan, executed, [...lab.litellm.tables.key.values()]]);
    for (const value of lab.values) expect(seen).not.toContain(value.reveal());
  });
});

describe("after a change", () => {
  test("a budget that was changed by hand is exactly one difference", async () => {
    const lab = new KeysLab();
    await lab.apply(EVERYTHING);
    rowOf(lab, "ci.g1").max_budget = 5000;
    const { plan } = await lab.plan(EVERYTHING);

    expect(plan.actions).toMatchObject([
      { verb: "update", name: "ci", byHand: true, changes: [{ field: "max_budget", from: 5000, to: 10 }] },
    ]);
  });

  test("a changed file is one difference, and fields that this toolkit does not know survive", async () => {
    const lab = new KeysLab();
    await lab.apply(EVERYTHING);
    Object.assign(rowOf(lab, "ci.g1"), { from_the_future: { a: 1 } });
    Object.assign(rowOf(lab, "ci.g1").metadata as object, { written_by_others: true });
    const changed = EVERYTHING.replace("count: 1, nested: { on: false }", "count: 2");
    const { plan } = await lab.apply(changed);

    expect(plan.actions).toMatchObject([
      {
        verb: "update",
        byHand: false,
        changes: [
          { field: "metadata.count", from: 1, to: 2 },
          { field: "metadata.nested", from: "(not shown)", to: null },
        ],
      },
    ]);
    const row = rowOf(lab, "ci.g1");
    expect(row.from_the_future).toEqual({ a: 1 });
    expect(row.metadata).toMatchObject({ count: 2, written_by_others: true });
    expect(row.metadata).not.toHaveProperty("nested");
    expect((await lab.plan(changed)).plan.actions).toEqual([]);
  });

  test("a limit that leaves the file leaves the gateway", async () => {
    const lab = new KeysLab();
    await lab.apply(EVERYTHING.replace("models: [gpt], max_budget: 100", "models: [gpt], tpm_limit: 7, max_budget: 100"));
    const { plan } = await lab.apply(EVERYTHING);

    expect(plan.actions).toMatchObject([{ kind: "team", body: { tpm_limit: null } }]);
    expect((await lab.plan(EVERYTHING)).plan.actions).toEqual([]);
  });

  test("what was blocked by hand is not unblocked", async () => {
    const lab = new KeysLab();
    await lab.apply(EVERYTHING);
    rowOf(lab, "ci.g1").blocked = true;
    const { plan } = await lab.plan(EVERYTHING);

    expect(plan.actions).toEqual([]);
    expect(plan.notes).toMatchObject([{ name: "ci", message: expect.stringContaining("blocked by hand") }]);
  });

  test("what LiteLLM cannot empty is said once, and not tried for ever", async () => {
    const lab = new KeysLab();
    const region = EVERYTHING.replace("alias: Acme, ", "alias: Acme, allowed_model_region: eu, ");
    await lab.apply(region);
    await lab.apply(EVERYTHING);
    const { plan } = await lab.plan(EVERYTHING);

    expect(plan.actions).toEqual([]);
    expect(plan.notes).toMatchObject([{ kind: "customer", name: "acme", problem: false }]);
  });
});

describe("what is not ours", () => {
  const foreign = (lab: KeysLab): void => {
    lab.litellm.handle("POST", "/key/generate", { key: "sk-somebody-elses-key", key_alias: "theirs", team_id: "research" });
    lab.litellm.handle("POST", "/team/new", { team_id: "sales", team_alias: "Sales" });
    lab.litellm.handle("POST", "/key/generate", {
      key: "sk-other-owner-00001",
      metadata: { [MARK]: { owner: "other", name: "ci", spec: "x" } },
    });
  };

  test("is never touched under sync, and counted", async () => {
    const lab = new KeysLab();
    foreign(lab);
    const before = JSON.stringify([...lab.litellm.tables.key]);
    await lab.apply(EVERYTHING);
    await lab.apply("{}\n");
    lab.time = START + 40 * DAY;
    const { plan } = await lab.apply("{}\n");

    expect(plan.foreign).toBe(3);
    expect(JSON.stringify([...lab.litellm.tables.key])).toBe(before);
    expect([...lab.litellm.tables.team.keys()]).toContain("sales");
  });

  test("keeps a team of ours alive that its keys need: LiteLLM would delete them with it", async () => {
    const lab = new KeysLab();
    foreign(lab);
    await lab.apply(EVERYTHING);
    const { plan } = await lab.apply("{}\n");

    expect(plan.notes).toMatchObject([{ kind: "budget" }, { kind: "team", name: "research" }, { kind: "user" }]);
    expect(lab.litellm.tables.team.has("research")).toBe(true);
  });

  test("is taken over only where the file says so", async () => {
    const lab = new KeysLab();
    foreign(lab);
    const text = "teams:\n  sales: { team_alias: Sales }\n";

    expect((await lab.plan(text)).plan.notes).toMatchObject([{ name: "sales", problem: true }]);
    const adopting = text.replace("Sales }", "Sales, adopt: true }");
    expect((await lab.apply(adopting)).plan.actions).toMatchObject([{ verb: "adopt", name: "sales" }]);
    expect((await lab.plan(adopting)).plan).toMatchObject({ actions: [], notes: [], unchanged: 1 });
  });

  test("a key that is known by its hash keeps its value", async () => {
    const lab = new KeysLab();
    foreign(lab);
    const hash = [...lab.litellm.tables.key.keys()][0];
    const text = `${TEAM}keys:\n  old: { owner: a, team_id: research, models: [gpt], max_budget: 3, expires: 2027-01-01, existing: ${hash}, adopt: true }\n`;
    await lab.apply(text);

    expect(lab.litellm.tables.key.get(hash ?? "")).toMatchObject({ key_alias: "theirs", max_budget: 3, models: ["gpt"] });
    expect((await lab.plan(text)).plan.actions).toEqual([]);
    expect(lab.values).toEqual([]);
  });

  test("an alias that somebody has is left to them", async () => {
    const lab = new KeysLab();
    lab.litellm.handle("POST", "/key/generate", { key: "sk-somebody-elses-key", key_alias: "agent.g1" });
    const { executed } = await lab.apply(EVERYTHING);

    expect(executed.failed).toEqual([]);
    expect(lab.keys().map(({ key_alias }) => key_alias)).toContain("agent.g2");
  });
});

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

describe("what leaves the file", () => {
  test("is blocked at once, kept, and deleted when the time is over", async () => {
    const lab = new KeysLab();
    await lab.apply(EVERYTHING);
    await lab.apply("{}\n");

    expect(lab.keys().map(({ blocked }) => blocked)).toEqual([true, true]);
    expect([...lab.litellm.tables.customer.values()]).toMatchObject([{ blocked: true }]);
    expect((await lab.plan("{}\n")).plan.actions).toEqual([]);
    lab.time += 31 * DAY;
    await lab.apply("{}\n");
    expect(lab.keys()).toEqual([]);
    expect([...lab.litellm.tables.team.keys(), ...lab.litellm.tables.user.keys(), ...lab.litellm.tables.tag.keys()]).toEqual([]);
    expect((await lab.plan("{}\n")).plan.actions).toEqual([]);
  });

  test("works again when it comes back in time, with the same value", async () => {
    const lab = new KeysLab();
    await lab.apply(EVERYTHING);
    const value = lab.delivered.get("ci") ?? "";
    await lab.apply("{}\n");
    expect(lab.litellm.accepts(value)).toBe(false);
    await lab.apply(EVERYTHING);

    expect(lab.litellm.accepts(value)).toBe(true);
    expect((await lab.plan(EVERYTHING)).plan.actions).toEqual([]);
  });

  test.each(["upsert-only", "create-only"] as const)("stays under %s", async (policy) => {
    const lab = new KeysLab();
    await lab.apply(EVERYTHING);

    expect((await lab.plan("{}\n", { policy })).plan.actions).toEqual([]);
  });
});

test("create-only changes nothing that is there, and upsert-only does", async () => {
  const lab = new KeysLab();
  await lab.apply(EVERYTHING);
  const changed = EVERYTHING.replace("max_budget: 100", "max_budget: 200");

  expect((await lab.plan(changed, { policy: "create-only" })).plan.actions).toEqual([]);
  expect((await lab.plan(changed, { policy: "upsert-only" })).plan.actions).toHaveLength(1);
});

test("an incident: the new value is there and the old one is blocked within one run", async () => {
  const lab = new KeysLab();
  await lab.apply(EVERYTHING);
  const leaked = lab.delivered.get("ci") ?? "";
  await lab.apply(EVERYTHING, { rotateNow: new Set(["ci"]) });

  expect(lab.litellm.accepts(leaked)).toBe(false);
  expect(lab.litellm.accepts(lab.delivered.get("ci") ?? "")).toBe(true);
  expect((await lab.plan(EVERYTHING)).plan.actions).toEqual([]);
});

test("a key whose destination changes gets a new value there, and the old one stays valid for its overlap", async () => {
  const lab = new KeysLab();
  await lab.apply(EVERYTHING);
  const moved = EVERYTHING.replace("deliver: { file: agent }", "deliver: { file: elsewhere }");
  await lab.apply(moved);

  expect(lab.litellm.accepts(lab.delivered.get("agent") ?? "")).toBe(true);
  expect(lab.litellm.accepts(lab.delivered.get("elsewhere") ?? "")).toBe(true);
  expect((await lab.plan(moved)).plan.actions).toEqual([]);
});

describe("a value that its destination lost", () => {
  const lose = async (lab: KeysLab, instead?: string): Promise<void> => {
    await lab.apply(EVERYTHING);
    if (instead === undefined) lab.delivered.delete("agent");
    else lab.delivered.set("agent", instead);
  };

  test.each([undefined, "sk-something-else-0123456789"])("to %s is replaced, with an overlap", async (instead) => {
    const lab = new KeysLab();
    await lose(lab, instead);
    const [old] = lab.values;
    const { plan } = await lab.apply(EVERYTHING);

    expect(plan.actions).toMatchObject([
      { verb: "rotate", name: "agent", why: "its destination does not hold it, the old one is valid until 2026-12-05" },
    ]);
    expect(lab.litellm.accepts(lab.delivered.get("agent") ?? "")).toBe(true);
    expect(lab.litellm.accepts(old?.reveal() ?? "")).toBe(true);
    expect((await lab.plan(EVERYTHING)).plan.actions).toEqual([]);
  });

  test("is a problem under create-only, which makes no new one", async () => {
    const lab = new KeysLab();
    await lose(lab);

    expect((await lab.plan(EVERYTHING, { policy: "create-only" })).plan).toMatchObject({
      actions: [],
      notes: [{ name: "agent", problem: true, message: "its destination does not hold it, and create-only makes no new value" }],
    });
  });

  test("is not replaced where the key was blocked by hand, nor is it when its time comes", async () => {
    const lab = new KeysLab();
    await lose(lab);
    rowOf(lab, "agent.g1").blocked = true;
    expect((await lab.plan(EVERYTHING)).plan.actions).toEqual([]);
    lab.time += 91 * DAY;

    expect((await lab.plan(EVERYTHING)).plan.actions).not.toContainEqual(expect.objectContaining({ name: "agent" }));
  });
});

test("a destination that does not answer keeps its own key waiting, and no other", async () => {
  const lab = new KeysLab();
  const reads = lab.options(EVERYTHING, {}).destinations;
  const destinations: typeof reads = {
    of: (place) => ({
      ...reads.of(place),
      tokenIdAt: async (at, whose) => {
        if ("file" in at && at.file === "ci") throw new DeliveryError("the disk is gone", "bring it back");
        return await reads.of(at).tokenIdAt(at, whose);
      },
    }),
  };
  const { executed, plan } = await lab.apply(EVERYTHING, { destinations });

  expect(executed.failed).toEqual([]);
  expect(plan.notes).toMatchObject([{ name: "ci", problem: true, message: "the disk is gone: bring it back" }]);
  expect(lab.keys().map(({ key_alias }) => key_alias)).toEqual(["agent.g1"]);
});

describe("an incident", () => {
  const CHANGED = EVERYTHING.replace("max_budget: 100", "max_budget: 200").replace(keyText("agent"), keyText("arriving"));
  const now = (name: string) => ({ rotateNow: new Set([name]) });

  test("touches the named key and nothing else that the file changed", async () => {
    const lab = new KeysLab();
    await lab.apply(EVERYTHING);
    const before = JSON.stringify([rowOf(lab, "agent.g1"), lab.litellm.tables.team.get("research")]);
    const { executed, plan } = await lab.apply(CHANGED, now("ci"));

    expect(executed.done.map(({ verb, kind, name }) => `${verb} ${kind} ${name}`)).toEqual(["rotate key ci", "block key ci"]);
    expect(plan.notes).toEqual([]);
    expect(JSON.stringify([rowOf(lab, "agent.g1"), lab.litellm.tables.team.get("research")])).toBe(before);
    expect(lab.keys().map(({ key_alias }) => key_alias)).toEqual(["ci.g1", "agent.g1", "ci.g2"].sort());
  });

  test("makes the value of a key that was deleted in the gateway", async () => {
    const lab = new KeysLab();
    await lab.apply(EVERYTHING);
    for (const [id, { key_alias }] of lab.litellm.tables.key) if (key_alias === "ci.g1") lab.litellm.tables.key.delete(id);
    const { executed } = await lab.apply(CHANGED, now("ci"));

    expect(executed.done.map(({ verb, name }) => `${verb} ${name}`)).toEqual(["issue ci"]);
  });

  test("makes no key for a team that is not there: it would have no limits of any", async () => {
    const lab = new KeysLab();
    const { plan } = await lab.apply(EVERYTHING, now("agent"));

    expect(plan.actions).toEqual([]);
    expect(plan.notes).toMatchObject([
      { name: "agent", problem: true, message: "team research is not in the gateway yet: run keys apply" },
    ]);
  });
});

test("a key whose team could not be made waits for it, and so does its budget's customer", async () => {
  const lab = new KeysLab();
  const { executed } = await lab.apply(EVERYTHING, {}, async (what, call) => {
    if (what === "POST /team/new" || what === "POST /budget/new") {
      if (what === "POST /team/new" || lab.calls.filter((each) => each === what).length > 1)
        throw new GatewayError("no", "", 500);
    }
    return await call();
  });

  expect(executed.failed.map(({ action }) => `${action.kind} ${action.name}`)).toEqual(["budget small", "team research"]);
  expect(executed.skipped.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    "tag engineering",
    "customer acme",
    "key agent",
    "key ci",
  ]);
  expect(lab.keys()).toEqual([]);
});

describe("values that the gateway has in metadata", () => {
  const shownIn = async (metadata: Record<string, Json>, file = EVERYTHING): Promise<string> => {
    const lab = new KeysLab();
    await lab.apply(EVERYTHING);
    Object.assign(rowOf(lab, "ci.g1").metadata as object, metadata);
    const { plan } = await lab.plan(file);
    expect(plan.actions).toHaveLength(1);
    const head = { environment: "e", file: "f", url: "u", policy: "sync", owner: "prod", keys: [] };
    return planText(plan, head) + planJson(plan, head);
  };

  test.each<[string, Record<string, Json>]>([
    ["beside the declared ones", { count: 2, theirs: { note: "canary-foreign" } }],
    ["within a declared one", { nested: { on: true, added: "canary-foreign" } }],
    ["within a list of a declared one", { nested: ["canary-foreign"] }],
    ["of another kind than is declared", { nested: "canary-foreign sk-canary-foreign-0123456789" }],
    ["in the place of a number, with the shape of a secret", { count: "sk-canary-foreign-0123456789" }],
  ])("%s are not shown", async (_what, metadata) => {
    expect(await shownIn(metadata)).not.toContain("canary-foreign");
  });

  test("that the file declares are shown", async () => {
    const shown = await shownIn({ count: 7, nested: { on: true } });

    expect(shown).toContain("metadata.count 7 → 1");
    expect(shown).toContain('metadata.nested {"on":true} → {"on":false}');
  });

  test("that left the file are named, and not shown", async () => {
    const shown = await shownIn({ nested: "canary-foreign" }, EVERYTHING.replace(", nested: { on: false }", ""));

    expect(shown).toContain("metadata.nested (not shown) → nothing");
    expect(shown).not.toContain("canary-foreign");
  });

  test("a secret in another field is not shown", async () => {
    const lab = new KeysLab();
    await lab.apply(EVERYTHING);
    Object.assign(lab.litellm.tables.team.get("research") ?? {}, { team_alias: "sk-canary-foreign-0123456789" });
    const { plan } = await lab.plan(EVERYTHING);

    expect(plan.actions).toMatchObject([{ changes: [{ field: "team_alias", from: "(hidden)", to: "research" }] }]);
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

test("what was done is told though the lock could not be given back", async () => {
  const lab = new KeysLab();
  const { executed } = await lab.apply(EVERYTHING, {}, async (what, call) => {
    if (what === "POST /budget/update") throw new GatewayError("gone", "");
    return await call();
  });

  expect(executed.done).toHaveLength(7);
});

test("a gateway that is gone is not asked for every one of many keys", async () => {
  const lab = new KeysLab();
  const text = `${TEAM}keys:\n${Array.from({ length: 200 }, (_, index) => keyText(`key-${index}`)).join("")}`;
  const { executed } = await lab.apply(text, {}, async (what, call) => {
    if (what === "POST /key/generate") throw new GatewayError("does not answer", "");
    return await call();
  });

  expect(lab.calls.filter((call) => call === "POST /key/generate").length).toBeLessThan(40);
  expect(executed.failed.length + executed.skipped.length).toBe(200);
});

describe("a value that a cluster or a cloud lost", () => {
  const SECRET = "{ kubernetes: { namespace: llm, name: ci } }";
  const text = EVERYTHING.replace("deliver: { file: ci }", `deliver: ${SECRET}`).replace(
    "deliver: { file: agent }",
    "deliver: { awsSecretsManager: { name: agent } }",
  );
  const losing = async (): Promise<KeysLab> => {
    const lab = new KeysLab();
    await lab.apply(text);
    lab.delivered.clear();
    lab.calls.length = 0;
    return lab;
  };

  test("is not asked for key by key: a plan takes a few requests", async () => {
    const lab = await losing();

    expect((await lab.plan(text)).plan.actions).toEqual([]);
    expect(lab.calls).not.toContain("destination read");
  });

  test("is found and replaced when all are asked", async () => {
    const lab = await losing();
    const { plan } = await lab.apply(text, { askAll: true });

    expect(plan.actions.map(({ verb, name }) => `${verb} ${name}`)).toEqual(["rotate agent", "rotate ci"]);
    expect((await lab.plan(text, { askAll: true })).plan.actions).toEqual([]);
  });
});
