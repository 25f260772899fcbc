import { GatewayError } from "../../../tools/keys/gateway";
import { EVERYTHING, KeysLab, keyText, TEAM } from "./keys-lab";

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
