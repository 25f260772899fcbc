import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Finding } from "../../core/findings";
import { type LintOptions, lintConfig, lintFile, loadCatalogue } from "../../core/litellm";
import { parseSource } from "../../core/source";

/** A configuration that breaks one rule, and what is to be said of it. */
export interface Fixture {
  /** The file's name without its ending: a rule's id, or an id and what is special about the case. */
  readonly name: string;
  readonly text: string;
  /** The findings, a line each, in the form of {@link shownFinding}. Empty for a case that must stay silent. */
  readonly expected: readonly string[];
  readonly options: LintOptions;
  /** Whether the text is part of an environment file, which YAML 1.2 readers read. */
  readonly inEnvironment: boolean;
}

const FOLDER = join("test", "fixtures", "lint");
const DEFAULT_VERSION = "1.108.10";

/** The fixtures of a checkout, by name. */
export function readFixtures(root: string): Fixture[] {
  const folder = join(root, FOLDER);
  const files = readdirSync(folder).filter((file) => file.endsWith(".yaml"));
  return files.sort().map((file) => readFixture(file.replace(/\.yaml$/, ""), readFileSync(join(folder, file), "utf8")));
}

/** What lint says of a fixture, a line a finding. */
export function runFixture(fixture: Fixture, off: ReadonlySet<string> = new Set()): string[] {
  const parsed = parseSource(fixture.text, `${fixture.name}.yaml`);
  if ("findings" in parsed) throw new Error(`${fixture.name}: this fixture is not YAML`);
  const options = { ...fixture.options, off };
  const findings = fixture.inEnvironment ? lintConfig(parsed.root, options) : lintFile(parsed.root, options);
  return findings.map(shownFinding);
}

/** `line:column severity rule path: message; got …; expected …; -> repair`. */
export function shownFinding({ place, severity, rule, path, message, got, expected, repair }: Finding): string {
  const parts = [
    `${place?.line}:${place?.column} ${severity} ${rule} ${path}: ${message}`,
    got && `got ${got}`,
    expected && `expected ${expected}`,
    repair && `-> ${repair}`,
  ];
  return parts.filter(Boolean).join("; ");
}

/** The head of a fixture is comments: `# expect: <finding>`, `# version: 1.84.10`, `# variables: A, B=text`, ... */
function readFixture(name: string, text: string): Fixture {
  const says = (key: string): string[] => [...text.matchAll(new RegExp(`^# ${key}: (.*)$`, "gm"))].map(([, value = ""]) => value);
  const catalogue = loadCatalogue(says("version")[0] ?? DEFAULT_VERSION);
  if (!catalogue) throw new Error(`${name}: there is no catalogue of ${says("version")[0]}`);
  const variables = says("variables").map((list) => variablesOf(list))[0];
  const sources = says("sources").map((list) => new Map([...variablesOf(list)].map(([key, value]) => [key, value ?? ""])))[0];
  const replicas = says("replicas").map(Number)[0];
  const options = {
    catalogue,
    today: says("today")[0] ?? "2026-11-21",
    production: says("production")[0] === "true",
    ...(variables && { variables }),
    ...(sources && { sources }),
    ...(replicas !== undefined && { replicas }),
  };
  return { name, text, expected: says("expect"), options, inEnvironment: says("read by")[0] === "the environment" };
}

function variablesOf(list: string): Map<string, string | undefined> {
  const entries = list.split(", ").filter((entry) => entry !== "none");
  return new Map(
    entries.map((entry) => {
      const [name = "", ...value] = entry.split("=");
      return [name, value.length > 0 ? value.join("=") : undefined];
    }),
  );
}
