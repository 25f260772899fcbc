import { rmSync } from "node:fs";
import { join } from "node:path";
import { deploymentDigest, loadEnvironment } from "../../../core/config";
import { tempProject } from "../../support/temp-project";

const project = tempProject();
const KEY = "owner: a, team_id: t, models: [gpt], max_budget: 1, budget_duration: 30d, expires: 2027-02-01";
const environment = (keys: string): string => `name: a
target: local
litellm:
  config:
    model_list: [{ model_name: gpt, litellm_params: { model: openai/gpt-4o, api_key: os.environ/KEY }, model_info: { id: a } }]
    general_settings: { master_key: os.environ/LITELLM_MASTER_KEY }
secrets: { KEY: { env: KEY } }
keys: ${keys}
`;
const load = (keys: string) => {
  const loaded = loadEnvironment(project.write("environments/a.yaml", environment(keys)), "2026-11-21");
  return { ...loaded, environment: loaded.environment?.target === "local" ? loaded.environment : undefined };
};
const rules = (keys: string) => load(keys).findings.map(({ rule }) => rule);

beforeAll(() => {
  project.write("environments/t.keys.yaml", "teams:\n  t: { models: [gpt], max_budget: 9, budget_duration: 30d }\n");
  project.write("environments/k.keys.yaml", `keys:\n  k: { ${KEY}, deliver: { file: out/k } }\n`);
  project.write("environments/again.keys.yaml", `keys:\n  k: { ${KEY}, deliver: { file: out/other } }\n`);
  project.write(
    "environments/bad.keys.yaml",
    `keys:\n  b: { ${KEY}, deliver: { file: out/b }, models: [gtp] }\n`.replace("models: [gpt], ", ""),
  );
  project.write("environments/broken.keys.yaml", "keys: [\n");
  project.write("environments/u.keys.yaml", "users:\n  u: { max_budget: 5, budget_duration: 30d }\n");
  project.write("environments/of-user.keys.yaml", `keys:\n  k: { ${KEY}, user_id: u, deliver: { file: out/k } }\n`);
  const waiver = "# cdktf-litellm: waive key-lifetime-long until 2027-01-01 owner ops: the vendor's device keeps it";
  const long = `${KEY.replace("2027-02-01", "2030-01-01")}, deliver: { file: out/k }`;
  project.write("environments/waived.keys.yaml", `keys:\n  ${waiver}\n  k: { ${long} }\n`);
});

test("a user's budget is looked at with the keys of all files, and with what the gateway is told of it", () => {
  const files = "{ files: [t.keys.yaml, u.keys.yaml, of-user.keys.yaml] }";
  const told = environment(files).replace("general_settings: {", "general_settings: { apply_user_budget_to_team_keys: true,");
  const { findings } = loadEnvironment(project.write("environments/told.yaml", told), "2026-11-21");

  expect(rules(files)).toEqual(["keys-user-budget-inert"]);
  expect(findings).toEqual([]);
});

test("several files are one: a key's team may stand in another", () => {
  const { findings, environment: made } = load("{ files: [t.keys.yaml, k.keys.yaml] }");

  expect(findings).toEqual([]);
  expect(made?.keys).toMatchObject({ owner: "a", policy: "sync", url: "http://127.0.0.1:4000", signIn: "LITELLM_MASTER_KEY" });
  expect(made?.keys?.desired.keys[0]?.delivery).toEqual({
    file: expect.stringContaining("environments/out/k"),
    written: "out/k",
  });
});

test("what is wrong in a keys file is found by check, at its place", () => {
  const { findings, environment: made, files } = load("{ files: [t.keys.yaml, bad.keys.yaml] }");

  expect(findings).toMatchObject([
    { rule: "key-model-outside-team", place: { file: expect.stringContaining("bad.keys.yaml"), line: 2 } },
    { rule: "keys-model-undefined", path: "keys.b.models[0]", repair: "did you mean gpt?" },
  ]);
  expect(made).toBeUndefined();
  expect(files).toHaveLength(3);
});

test("a comment above a key waives a finding, with owner, reason and last day", () => {
  const { findings } = load("{ files: [t.keys.yaml, waived.keys.yaml] }");

  expect(findings).toMatchObject([{ rule: "key-lifetime-long", waiver: { owner: "ops", until: "2027-01-01" } }]);
});

test("two files that describe the same key are refused", () => {
  expect(rules("{ files: [t.keys.yaml, k.keys.yaml, again.keys.yaml] }")).toEqual(["keys-duplicate"]);
});

test("a file is the same place by whatever path it is named, from whichever folder", () => {
  project.write("environments/more/up.keys.yaml", `keys:\n  up: { ${KEY}, deliver: { file: ../out/./k } }\n`);

  expect(rules("{ files: [t.keys.yaml, k.keys.yaml, more/up.keys.yaml] }")).toEqual(["key-destination-shared"]);
});

test("the same path in two folders is two places", () => {
  project.write("environments/more/own.keys.yaml", `keys:\n  own: { ${KEY}, deliver: { file: out/k } }\n`);

  expect(rules("{ files: [t.keys.yaml, k.keys.yaml, more/own.keys.yaml] }")).toEqual([]);
});

test("the environment's own file is no destination, and neither is another keys file", () => {
  const to = (file: string): string => `keys:\n  k: { ${KEY}, deliver: { file: ${file} } }\n`;
  for (const file of ["a.yaml", "./t.keys.yaml"]) {
    project.write("environments/onto.keys.yaml", to(file));

    expect(load("{ files: [t.keys.yaml, onto.keys.yaml] }").findings).toMatchObject([
      { rule: "key-file-place", message: file === "a.yaml" ? "this is the environment file" : "this is a keys file" },
    ]);
  }
});

test.each(["", "# nothing yet\n", "- a\n"])("a keys file that holds %j is told what a keys file is", (text) => {
  project.write("environments/none.keys.yaml", text);

  expect(load("{ files: none.keys.yaml }").findings).toMatchObject([
    { rule: "yaml-empty", repair: "start from templates/keys/team.keys.yaml, or write {} for no keys" },
  ]);
  rmSync(join(project.folder, "environments/none.keys.yaml"));
});

test.each(["{ files: none.keys.yaml }", "{ files: broken.keys.yaml }"])("%s cannot be read: exit code 2", (keys) => {
  expect(load(keys)).toMatchObject({ readable: false });
});

test.each([
  ["{ files: [] }", "invalid-value"],
  ["{ files: t.keys.yaml, ownr: x }", "unknown-name"],
  ["{ files: t.keys.yaml, owner: Not A Name }", "invalid-value"],
  ["{ files: t.keys.yaml, url: ftp://x }", "invalid-value"],
  ["{ files: t.keys.yaml, deleteAfter: soon }", "invalid-value"],
  ["{ files: t.keys.yaml, signIn: NOWHERE }", "secret-undeclared"],
])("%s is %s", (keys, rule) => {
  expect(rules(keys)).toContain(rule);
});

test("what is planned changes with the keys file: another budget is another digest", () => {
  const digest = (): string => {
    const { environment: made } = load("{ files: [t.keys.yaml, k.keys.yaml] }");
    return made ? deploymentDigest(made) : "";
  };
  const before = digest();
  expect(digest()).toBe(before);
  project.write("environments/t.keys.yaml", "teams:\n  t: { models: [gpt], max_budget: 10, budget_duration: 30d }\n");

  expect(digest()).not.toBe(before);
});

describe("a file with a mistake in its form is looked at as far as something true can be said", () => {
  const LIMITS = "max_budget: 9, budget_duration: 30d";
  const found = (text: string, more: Record<string, string> = {}) => {
    for (const [name, content] of Object.entries({ "form.keys.yaml": text, ...more }))
      project.write(`environments/${name}`, content);
    const names = ["form.keys.yaml", ...Object.keys(more)];
    return load(`{ files: [${names.join(", ")}] }`).findings.map(({ rule, path }) => `${rule} ${path}`);
  };

  test("the other keys are judged, and what is wrong is said of all of them at once", () => {
    const text = `teams:\n  t: { models: [gpt], ${LIMITS} }\nkeys:\n  typo: { budegt: 5 }\n  a: { ${KEY} }\n  b: { ${KEY.replace("gpt", "gtp")}, deliver: { file: out/b } }\n`;

    expect(found(text)).toEqual([
      "keys-unknown-name keys.typo.budegt",
      "key-without-destination keys.a",
      "key-model-outside-team keys.b.models[0]",
      "keys-model-undefined keys.b.models[0]",
    ]);
  });

  test.each([
    [
      "a key of a team that is not understood is not judged",
      `teams:\n  t: { max_bugdet: 9 }\nkeys:\n  k: { ${KEY} }\n`,
      "teams.t.max_bugdet",
    ],
    [
      "a user is not judged by keys that are not understood",
      `teams:\n  t: { models: [gpt], ${LIMITS} }\nusers:\n  u: { ${LIMITS} }\nkeys:\n  k: { ${KEY}, user_id: u, deliver: { file: out/k } }\n  typo: { user_id: u, exipres: 1 }\n`,
      "keys.typo.exipres",
    ],
    ["nothing is judged beside a block of another name", `taems:\n  t: { ${LIMITS} }\nkeys:\n  k: { ${KEY} }\n`, "taems"],
    ["nothing is judged beside a block that is no mapping", `teams: [t]\nkeys:\n  k: { ${KEY} }\n`, "teams"],
  ])("%s", (_title, text, path) => {
    expect(found(text)).toEqual([expect.stringContaining(path)]);
  });

  test("what one file means by a name that another does not explain is not called wrong", () => {
    const wrong = KEY.replace("team_id: t", "team_id: none").replace("gpt", "gtp");
    const other = `keys:\n  k: { ${KEY} }\n  l: { ${wrong}, deliver: { file: out/l } }\n`;

    expect(found(`teams:\n  t: { max_bugdet: 9 }\n`, { "other.keys.yaml": other })).toEqual([
      "keys-unknown-name teams.t.max_bugdet",
      "keys-reference-undefined keys.l.team_id",
      "keys-model-undefined keys.l.models[0]",
    ]);
  });
});
