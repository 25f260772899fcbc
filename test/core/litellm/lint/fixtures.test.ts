import { join } from "node:path";
import { LITELLM_RULES } from "../../../../core/litellm";
import { readFixtures, runFixture } from "../../../../scripts/rules-off/fixture";

const fixtures = readFixtures(join(__dirname, "..", "..", "..", ".."));
const ruleOf = (name: string): string => name.split(".")[0] ?? "";

test.each(fixtures.filter(({ expected }) => expected.length > 0))("$name is found to break its rule, and no other", (fixture) => {
  const found = runFixture(fixture);
  expect(found).toEqual(fixture.expected);
  expect([...new Set(found.map((line) => line.split(" ")[2]))]).toEqual([ruleOf(fixture.name)]);
});

test.each(fixtures.filter(({ expected }) => expected.length === 0))("$name is no false alarm", (fixture) => {
  expect(runFixture(fixture)).toEqual([]);
});

test.each(LITELLM_RULES.map(({ id }) => id))("without the rule %s nothing finds its fixture", (id) => {
  const own = fixtures.filter(({ name, expected }) => ruleOf(name) === id && expected.length > 0);
  expect(own).not.toEqual([]);
  for (const fixture of own) expect(runFixture(fixture, new Set([id]))).toEqual([]);
});

test.each(LITELLM_RULES)("$id says what happens, from which source, and what to do", ({ summary, why, repair }) => {
  expect(summary).toMatch(/^(?:[^A-Z]|LiteLLM|TLS|YAML|Redis).*[^.]$/);
  expect(why.length).toBeGreaterThan(60);
  expect(repair).toMatch(/[^.]$/);
});
