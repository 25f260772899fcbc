import { EVERYTHING, KeysLab, keyText, rowOf } from "./keys-lab";

test("an incident: the new value is there and the old one is blocked within one run", async () => {
  const lab = new KeysLab();
  await lab.apply(EVERYTHING);
  const leaked = lab.delivered.get("ci") ?? "";
  await lab.apply(EVERYTHING, { rotateNow: new Set(["ci"]) });

  expect(lab.litellm.accepts(leaked)).toBe(false);
  expect(lab.litellm.accepts(lab.delivered.get("ci") ?? "")).toBe(true);
  expect((await lab.plan(EVERYTHING)).plan.actions).toEqual([]);
});

test("an incident is not told as a rotation whose old value goes on for some time", async () => {
  const lab = new KeysLab();
  await lab.apply(EVERYTHING);
  const { plan } = await lab.plan(EVERYTHING, { rotateNow: new Set(["ci"]) });

  expect(plan.actions).toMatchObject([{ verb: "rotate", why: "asked for, the old one is blocked at once" }, { verb: "block" }]);
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
