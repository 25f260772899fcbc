import { LITELLM_RULES } from "../../core/litellm";
import { readFixtures, runFixture } from "./fixture";

/**
 * Switches each lint rule off in turn and compares its fixtures with what they expect. A rule that can be switched off
 * without anything turning red is a rule that nobody tests.
 */
const fixtures = readFixtures(process.cwd());
const width = Math.max(...LITELLM_RULES.map(({ id }) => id.length));
let unguarded = 0;

for (const { id } of LITELLM_RULES) {
  const own = fixtures.filter(({ name, expected }) => name.split(".")[0] === id && expected.length > 0);
  const on = own.filter((fixture) => differs(runFixture(fixture), fixture.expected));
  const off = own.filter((fixture) => differs(runFixture(fixture, new Set([id])), fixture.expected));
  const isGuarded = own.length > 0 && on.length === 0 && off.length === own.length;
  if (!isGuarded) unguarded += 1;
  const verdict = own.length === 0 ? "no fixture" : on.length > 0 ? "red with the rule on" : isGuarded ? "red" : "GREEN";
  process.stdout.write(`${id.padEnd(width)}  ${String(own.length).padStart(2)} fixtures  ${verdict}\n`);
}
process.stdout.write(`${LITELLM_RULES.length} rules, ${unguarded} not guarded by a fixture\n`);
process.exitCode = unguarded > 0 ? 1 : 0;

function differs(found: readonly string[], expected: readonly string[]): boolean {
  return found.join("\n") !== expected.join("\n");
}
