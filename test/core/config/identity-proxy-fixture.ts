import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ENVIRONMENT_RULES, environmentSchema } from "../../../core/config";
import { checkIdentityProxy, IDENTITY_PROXY_RULES } from "../../../core/config/identity-proxy";
import { conform, parseSource } from "../../../core/source";
import { shownFinding } from "../../../scripts/rules-off/fixture";

const FOLDER = join(__dirname, "..", "..", "fixtures", "identity-proxy");

/** An environment file that breaks one rule about its identity proxy, and what is to be said of it. */
export interface ProxyFixture {
  /** The rule's id, or the id and what is special about the case. */
  readonly name: string;
  readonly text: string;
  /** Of its last lines, `# expect: ...`. Empty for a case that must stay silent. */
  readonly expected: readonly string[];
}

/** All fixtures, by name. */
export function proxyFixtures(): ProxyFixture[] {
  return readdirSync(FOLDER)
    .sort()
    .map((file) => {
      const text = readFileSync(join(FOLDER, file), "utf8");
      const expected = [...text.matchAll(/^# expect: (.*)$/gm)].map(([, line = ""]) => line);
      return { name: file.replace(/\.yaml$/, ""), text, expected };
    });
}

/** What the rules say of a fixture, a line a finding. @param off a rule that is left out */
export function runProxyFixture({ name, text }: ProxyFixture, off?: string): string[] {
  const parsed = parseSource(text, `${name}.yaml`);
  if ("findings" in parsed) throw new Error(`${name}: this fixture is not YAML`);
  const { unknown, invalid } = ENVIRONMENT_RULES;
  const shape = conform(parsed.root, environmentSchema, { unknown, invalid });
  if ("findings" in shape) throw new Error(`${name}: ${shape.findings.map(shownFinding).join("\n")}`);
  const rules = IDENTITY_PROXY_RULES.filter(({ id }) => id !== off);
  return checkIdentityProxy(parsed.root, shape.value, rules).map(shownFinding);
}
