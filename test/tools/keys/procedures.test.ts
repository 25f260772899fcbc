import { masterKeyProcedure, procedureText, saltKeyProcedure } from "../../../tools/keys/procedures";

const keys = {
  environment: "prod",
  file: "environments/prod.yaml",
  deploy: "npx cdktf deploy prod",
  source: "the source",
  version: "1.108.10",
  hasSaltKey: false,
  isShared: false,
};

test.each([
  ["1.83.14", false, "refused: there is no salt key, and LiteLLM 1.83.14 cannot re-encrypt"],
  ["1.100.5", false, "refused: there is no salt key, and LiteLLM 1.100.5 cannot re-encrypt"],
  ["1.104.9", false, "LITELLM_MIGRATE_FROM_MASTER_KEY with the value of today"],
  ["1.108.10", false, "LITELLM_MIGRATE_FROM_MASTER_KEY with the value of today"],
  ["1.83.14", true, "Leave LITELLM_SALT_KEY as it is"],
  ["1.108.10", true, "Leave LITELLM_SALT_KEY as it is"],
])("the master key of %s, salt key: %s", (version, hasSaltKey, expected) => {
  expect(procedureText(masterKeyProcedure({ ...keys, version, hasSaltKey }))).toContain(expected);
});

test("nothing is printed where both keys would change", () => {
  const shared = masterKeyProcedure({ ...keys, hasSaltKey: true, isShared: true });

  expect(procedureText(shared)).toContain("refused: the salt key has the same source as the master key");
});

test("a backup comes first, and the old key is tried last", () => {
  const procedure = masterKeyProcedure(keys);
  const steps = "steps" in procedure ? procedure.steps : [];

  expect(steps[0]).toContain("backup");
  expect(steps.findIndex((step) => step.includes("MIGRATE_FROM"))).toBeLessThan(
    steps.findIndex((step) => step.includes("npx cdktf deploy")),
  );
  expect(steps.at(-1)).toContain("401");
});

test("without a salt key there is none to change", () => {
  expect(procedureText(saltKeyProcedure(keys))).toContain("refused: there is no salt key");
});
