import { environmentSchema, NOT_YET_AVAILABLE } from "../../../core/config";
import { SECRET_PLACES_TO_COME } from "../../../core/config/availability";

/** Contract: people's files have these names. A change needs a decision record and all callers in the same commit. */
test("the top level of an environment file is frozen", () => {
  expect(["extends", ...Object.keys(environmentSchema.shape)].sort()).toEqual([
    "aws",
    "cache",
    "database",
    "edge",
    "extends",
    "identityProxy",
    "keys",
    "litellm",
    "name",
    "observability",
    "secrets",
    "signIn",
    "state",
    "target",
    "waivers",
  ]);
});

test.each(["kubernetes", "awsSecretsManager", "env", "file"])(
  "the secret notation is frozen: a secret may live in %s",
  (place) => {
    const secrets = { NAME: { [place]: "x" } };
    const input = { name: "a", target: "local", litellm: { config: {} }, secrets };

    expect(environmentSchema.safeParse(input).success).toBe(true);
  },
);

test("a secret lives in one place, and in no other", () => {
  const parse = (secret: object) =>
    environmentSchema.safeParse({ name: "a", target: "local", litellm: { config: {} }, secrets: { NAME: secret } }).success;

  expect(parse({})).toBe(false);
  expect(parse({ vault: "x" })).toBe(false);
  expect(parse({ env: "X", file: "y" })).toBe(false);
});

test("what comes later is named in the schema", () => {
  const names = Object.keys(NOT_YET_AVAILABLE).map((path) => path.split(".")[0]);

  expect(Object.keys(environmentSchema.shape)).toEqual(expect.arrayContaining([...new Set(names)]));
  expect(Object.keys(SECRET_PLACES_TO_COME)).toEqual(["kubernetes"]);
});
