import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv/dist/2020";
import addFormats from "ajv-formats";
import { parse } from "yaml";
import { loadKeys } from "../../../core/keys";

const root = join(__dirname, "..", "..", "..");
const folder = join(root, "templates", "keys");
const files = readdirSync(folder);
const gateway = {
  version: "1.108.10",
  target: "local",
  serves: (model: string) => ["gpt-demo", "claude-demo"].includes(model),
  models: [],
  refusesOwnValues: false,
  userBudgetForTeamKeys: false,
  today: "2026-11-21",
} as const;

test.each(files)("%s breaks no rule and fits the schema that editors read", (file) => {
  const { findings, desired } = loadKeys([join(folder, file)], { owner: "prod", gateway });
  const schema = JSON.parse(readFileSync(join(root, "docs/reference/keys.schema.json"), "utf8"));
  const validate = addFormats(new Ajv({ strict: false })).compile(schema);

  expect(findings.filter(({ severity }) => severity !== "note")).toEqual([]);
  expect(desired?.keys.length).toBeGreaterThan(0);
  expect(validate(parse(readFileSync(join(folder, file), "utf8")))).toBe(true);
  expect(validate({ keys: { a: { max_token_budget: 1 } } })).toBe(false);
});

test("no budget of the team's template is without effect", () => {
  expect(loadKeys([join(folder, "team.keys.yaml")], { owner: "prod", gateway }).findings).toEqual([]);
});

test("the key that NetBird asks for has its flag as a boolean", () => {
  const { desired, findings } = loadKeys([join(folder, "netbird.keys.yaml")], { owner: "prod", gateway });

  expect(desired?.keys[0]?.fields.metadata).toMatchObject({ allow_client_tags: true });
  expect(findings.map(({ rule }) => rule)).toEqual(["keys-client-tags-inert"]);
});

test("a service that asks no model gets a key for none", () => {
  const { desired } = loadKeys([join(folder, "services.keys.yaml")], { owner: "prod", gateway });
  const fields = desired?.keys.find(({ name }) => name === "prometheus")?.fields;

  expect(fields).toMatchObject({ models: ["no-default-models"], allowed_routes: ["/metrics", "/metrics/"] });
});
