import { IDENTITY_PROXY_RULES } from "../../../core/config";
import { proxyFixtures, runProxyFixture } from "./identity-proxy-fixture";

const fixtures = proxyFixtures();
const ruleOf = (name: string): string => name.split(".")[0] ?? "";

test.each(fixtures.filter(({ expected }) => expected.length > 0))("$name is found to break its rule, and no other", (fixture) => {
  const found = runProxyFixture(fixture);
  expect(found).toEqual(fixture.expected);
  expect([...new Set(found.map((line) => line.split(" ")[2]))]).toEqual([ruleOf(fixture.name)]);
});

test.each(fixtures.filter(({ expected }) => expected.length === 0))("$name is no false alarm", (fixture) => {
  expect(runProxyFixture(fixture)).toEqual([]);
});

test.each(IDENTITY_PROXY_RULES.map(({ id }) => id))("without the rule %s nothing finds its fixture", (id) => {
  const own = fixtures.filter(({ name, expected }) => ruleOf(name) === id && expected.length > 0);
  expect(own).not.toEqual([]);
  for (const fixture of own) expect(runProxyFixture(fixture, id)).toEqual([]);
});

test("every fixture is named after a rule", () => {
  const ids = IDENTITY_PROXY_RULES.map(({ id }) => id);
  expect(fixtures.map(({ name }) => ruleOf(name)).filter((id) => !ids.includes(id))).toEqual([]);
});
