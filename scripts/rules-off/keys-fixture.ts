import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { checkKeys, type GatewayFacts } from "../../core/keys";
import { parseSource } from "../../core/source";
import { shownFinding } from "./fixture";

/** A keys file that breaks one rule, and what is to be said of it. */
export interface KeysFixture {
  /** The file's name without its ending: a rule's id, or an id and what is special about the case. */
  readonly name: string;
  readonly text: string;
  /** Empty for a case that must stay silent. */
  readonly expected: readonly string[];
  readonly gateway: GatewayFacts;
}

const FOLDER = join("test", "fixtures", "keys");

/** The fixtures of a checkout, by name. */
export function readKeysFixtures(root: string): KeysFixture[] {
  const folder = join(root, FOLDER);
  const files = readdirSync(folder).filter((file) => file.endsWith(".yaml"));
  return files.sort().map((file) => readFixture(file.replace(/\.yaml$/, ""), readFileSync(join(folder, file), "utf8")));
}

/** What is said of a fixture, a line a finding. */
export function runKeysFixture({ name, text, gateway }: KeysFixture, off: ReadonlySet<string> = new Set()): string[] {
  const parsed = parseSource(text, `${name}.yaml`);
  if ("findings" in parsed) throw new Error(`${name}: this fixture is not YAML`);
  return checkKeys([parsed.root], { owner: "test", gateway, off }).findings.map(shownFinding);
}

/** The head of a fixture is comments: `# expect: <finding>`, `# version: 1.83.14`, `# target: kubernetes`, `# own values: refused`, `# user budget: for keys of teams`. */
function readFixture(name: string, text: string): KeysFixture {
  const says = (key: string): string[] => [...text.matchAll(new RegExp(`^# ${key}: (.*)$`, "gm"))].map(([, value = ""]) => value);
  const models = ["gpt", "claude"];
  const gateway: GatewayFacts = {
    version: says("version")[0] ?? "1.108.10",
    target: says("target")[0] === "kubernetes" ? "kubernetes" : "local",
    serves: (model) => models.includes(model),
    models,
    refusesOwnValues: says("own values")[0] === "refused",
    userBudgetForTeamKeys: says("user budget")[0] === "for keys of teams",
    today: "2026-11-21",
  };
  return { name, text, expected: says("expect"), gateway };
}
