import { MARK } from "../../../tools/keys/plan";
import { DAY, EVERYTHING, KeysLab, rowOf, START, TEAM } from "./keys-lab";

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

test("a key whose destination changes gets a new value there, and the old one stays valid for its overlap", async () => {
  const lab = new KeysLab();
  await lab.apply(EVERYTHING);
  const moved = EVERYTHING.replace("deliver: { file: agent }", "deliver: { file: elsewhere }");
  await lab.apply(moved);

  expect(lab.litellm.accepts(lab.delivered.get("agent") ?? "")).toBe(true);
  expect(lab.litellm.accepts(lab.delivered.get("elsewhere") ?? "")).toBe(true);
  expect((await lab.plan(moved)).plan.actions).toEqual([]);
});
