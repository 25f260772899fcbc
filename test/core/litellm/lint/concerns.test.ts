import { join } from "node:path";
import { LINT_RULES, rulesConcerning } from "../../../../core/litellm";
import { readFixtures } from "../../../../scripts/rules-off/fixture";

const own = new Set(LINT_RULES.map(({ id }) => id));
const fixtures = readFixtures(join(__dirname, "..", "..", "..", "..")).flatMap(({ expected }) => expected);
const found = fixtures.map((line) => /^\S+ \S+ (\S+) (.+?): /.exec(line)?.slice(1) ?? []);
const cases = found
  .filter(([rule = ""]) => own.has(rule))
  .map(([rule = "", path = ""]) => ({ rule, path: path.replace(/^litellm\.config\./, "") }));

test.each(cases)("$rule is named among the rules that look at $path", ({ rule, path }) => {
  expect(rulesConcerning(path).map(({ id }) => id)).toContain(rule);
});

test("names rules of the setting that is asked for, and not all of its block", () => {
  expect(rulesConcerning("router_settings.num_retries")).toEqual([]);
  expect(
    rulesConcerning("general_settings.master_key")
      .map(({ id }) => id)
      .sort(),
  ).toEqual(["master-key-literal", "salt-key-shared"]);
});
