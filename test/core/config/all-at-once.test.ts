import { loadEnvironment } from "../../../core/config";
import { tempProject } from "../../support/temp-project";

const project = tempProject();

/** Each part has a mistake that only the whole shows. */
const PARTS = {
  name: "name: demo",
  target: "target: local",
  litellm: `litellm:
  port: 5000
  config:
    model_list: [{ model_name: m, litellm_params: { model: openai/gpt-4o, api_key: os.environ/KEY }, model_info: { id: m-1 } }]`,
  secrets: "secrets: { UNUSED: { env: UNUSED } }",
  database: "database: { port: 5000 }",
  keys: "keys: { files: a.keys.yaml }",
  identityProxy: `identityProxy:
  development: { users: { alice: { email: a@example.com, groups: [sales] } } }
  policy: { groups: [{ group: engineering }] }`,
};
const KEYS_FILE = `keys:
  k:
    team_id: none
    models: [m]
    owner: sre
    expires: 2027-03-01
    max_budget: 1
    budget_duration: 30d
    deliver: { file: k.key }
`;

const SECRETS = ["secret-undeclared", "secret-unused"];
const PORT = ["port-shared"];
const KEYS = ["keys-reference-undefined"];
const GROUP = ["identity-group-without-rule"];
const FORM = ["unknown-name"];
const UNREADABLE = ["file-unreadable"];

/** What is found, with these parts in place of the ones above. */
function load(other: Partial<Record<keyof typeof PARTS | "waivers", string>>, keys = KEYS_FILE) {
  project.write("a.keys.yaml", keys);
  const file = project.write("env.yaml", `${Object.values({ ...PARTS, ...other }).join("\n")}\n`);
  const { findings, readable, environment } = loadEnvironment(file, "2026-11-21");
  expect(environment).toBeUndefined();
  return { findings, readable };
}

function rules(...args: Parameters<typeof load>): string[] {
  return load(...args)
    .findings.map(({ rule }) => rule)
    .sort();
}

const sorted = (...lists: readonly string[][]): string[] => lists.flat().sort();

test("what only the whole shows is found in every part", () => {
  expect(rules({})).toEqual(sorted(SECRETS, PORT, KEYS, GROUP));
});

test.each([
  ["secrets", "secrets: { UNUSED: { evn: UNUSED } }", sorted(FORM, ["invalid-value"], PORT, KEYS)],
  ["secrets, misspelt", "secret: { KEY: { env: KEY } }", sorted(FORM, PORT, KEYS)],
  ["database", "database: { prot: 5000 }", sorted(FORM, SECRETS, KEYS)],
  ["keys", "keys: { fils: a.keys.yaml }", sorted(FORM, ["invalid-value"], PORT, GROUP)],
  ["identityProxy", PARTS.identityProxy.replace("policy", "policies"), sorted(FORM, SECRETS, PORT, KEYS)],
])("a mistake in the form of %s hides only what cannot be said without it", (what, text, expected) => {
  const [name = ""] = what.split(",");
  expect(rules({ [name]: text })).toEqual(expected);
});

test("keys files that cannot be read hide nothing of the environment", () => {
  expect(load({}, "keys: {").readable).toBe(false);
  expect(rules({}, "keys: {")).toEqual(sorted(["yaml-syntax"], SECRETS, PORT, GROUP));
  expect(rules({ keys: "keys: { files: lost.keys.yaml }" })).toEqual(sorted(UNREADABLE, SECRETS, PORT, GROUP));
});

test("a waiver of what could not be judged is not said to cover nothing", () => {
  const of = (rule: string): string => `waivers: [{ rule: ${rule}, owner: sre, reason: known, until: 2027-01-31 }]`;
  const waivers = of("keys-reference-undefined");
  expect(rules({ waivers: of("key-in-config") })).toContain("waiver-unused");
  expect(rules({ waivers })).not.toContain("waiver-unused");
  expect(rules({ waivers, keys: "keys: { files: lost.keys.yaml }" })).not.toContain("waiver-unused");
  expect(rules({ waivers, keys: "keys: { fils: a.keys.yaml }" })).not.toContain("waiver-unused");
});

test("a waiver holds beside a mistake in the form of something else", () => {
  const waivers = "waivers: [{ rule: secret-undeclared, owner: sre, reason: known, until: 2027-01-31 }]";
  const { findings } = load({ waivers, database: "database: { prot: 1 }" });
  expect(findings.find(({ rule }) => rule === "secret-undeclared")?.waiver).toMatchObject({ owner: "sre" });
});
