import { chooseCatalogue, judgeVersion, leastSafeVersion } from "../../../../core/litellm";

test.each(["1.82.7", "1.82.8", "1.107.0"])("%s must never run", (version) => {
  expect(judgeVersion(version).denied?.version).toBe(version);
});

test.each([
  ["1.82.6", ["CVE-2026-35029", "CVE-2026-42208", "CVE-2026-49468"]],
  ["1.83.6", ["CVE-2026-42208", "CVE-2026-49468"]],
  ["1.83.9", ["CVE-2026-40217", "CVE-2026-49468"]],
  ["1.83.14", ["CVE-2026-49468"]],
  ["1.84.2", ["CVE-2026-49468"]],
  ["1.85.1", ["CVE-2026-49468"]],
  ["1.86.1", ["CVE-2026-49468"]],
])("%s is open to at least %j", (version, ids) => {
  expect(judgeVersion(version).advisories.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
});

test("a release before a weakness came is not open to it", () => {
  expect(judgeVersion("1.81.15").advisories.map(({ id }) => id)).not.toContain("CVE-2026-42208");
});

test.each(["1.84.3", "1.84.10", "1.85.2", "1.86.2", "1.87.0", "1.108.10", "1.109.1"])(
  "%s is open to nothing known",
  (version) => {
    expect(judgeVersion(version)).toEqual({ advisories: [] });
  },
);

test.each([
  ["1.83.14", "1.84.3"],
  ["1.84.1", "1.84.3"],
  ["1.85.0", "1.85.2"],
  ["1.86.1", "1.86.2"],
])("%s is told to move to %s", (version, safe) => {
  expect(leastSafeVersion(version)).toBe(safe);
});

test.each([
  ["1.108.10", "1.108.10", "exact"],
  ["1.108.3", "1.108.10", "line"],
  ["1.999.0", "1.109.1", "newer"],
])("%s is checked against %s", (version, checked, match) => {
  expect(chooseCatalogue(version)).toMatchObject({ catalogue: { version: checked }, match });
});

test.each(["1.70.0", "latest", "main-stable", "1.108"])("there is no catalogue near %s", (version) => {
  expect(chooseCatalogue(version)).toBeUndefined();
});
