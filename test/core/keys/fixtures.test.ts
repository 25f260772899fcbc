import { join } from "node:path";
import { KEYS_RULES } from "../../../core/keys";
import { readKeysFixtures, runKeysFixture } from "../../../scripts/rules-off/keys-fixture";

const fixtures = readKeysFixtures(join(__dirname, "..", "..", ".."));
const ruleOf = (name: string): string => name.split(".")[0] ?? "";
/** Found between files, and in the shape of one; see load-keys.test.ts. */
const ELSEWHERE = ["keys-duplicate"];
const SHAPE = ["keys-unknown-name", "keys-invalid-value", ...ELSEWHERE];

test.each(fixtures.filter(({ name }) => !name.endsWith(".clean")))(
  "$name is found to break its rule, and no other",
  (fixture) => {
    const found = runKeysFixture(fixture);
    expect(found).toEqual(fixture.expected);
    expect([...new Set(found.map((line) => line.split(" ")[2]))]).toEqual([ruleOf(fixture.name)]);
  },
);

test.each(fixtures.filter(({ name }) => name.endsWith(".clean")))("$name is no false alarm", (fixture) => {
  expect(runKeysFixture(fixture)).toEqual([]);
});

test.each(KEYS_RULES.map(({ id }) => id).filter((id) => !ELSEWHERE.includes(id)))(
  "%s has a fixture that it alone catches",
  (id) => {
    const own = fixtures.filter(({ name, expected }) => ruleOf(name) === id && expected.length > 0);

    expect(own.length).toBeGreaterThan(0);
    if (!SHAPE.includes(id)) for (const fixture of own) expect(runKeysFixture(fixture, new Set([id]))).toEqual([]);
  },
);

test.each(KEYS_RULES)("$id says what, why and what to do", ({ summary, why, repair }) => {
  expect([summary, repair].every((text) => /[^.]$/.test(text))).toBe(true);
  expect(why.length).toBeGreaterThan(30);
});
