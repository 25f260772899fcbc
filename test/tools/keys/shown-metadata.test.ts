import type { Json } from "../../../core/keys";
import { planJson, planText } from "../../../tools/keys/show";
import { EVERYTHING, KeysLab, rowOf } from "./keys-lab";

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
