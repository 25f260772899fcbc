import { DeliveryError } from "../../../tools/keys/delivery";
import { DAY, EVERYTHING, KeysLab, rowOf } from "./keys-lab";

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
