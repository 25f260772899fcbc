import { check, shown } from "../check";

const value = (text: string): string => `environment_variables:\n  A: ${text}\n`;

test.each([
  ["yes", "true", "text", 'write true, or "yes" if text is meant'],
  ["Off", "false", "text", 'write false, or "Off" if text is meant'],
  ["017", "the number 15", "the number 17", 'write 15 or 17, or "017" if text is meant'],
  ["08", "text", "the number 8", 'write 8, or "08" if text is meant'],
  ["0o7", "text", "the number 7", 'write 7, or "0o7" if text is meant'],
  ["1_000", "the number 1000", "text", 'write "1_000", or 1000 if the number is meant'],
  ["0b11", "the number 3", "text", 'write "0b11", or 3 if the number is meant'],
  ["12:30", "the number 750", "text", 'write "12:30", or 750 if the number is meant'],
  ["1e3", "text", "the number 1000", 'write 1000, or "1e3" if text is meant'],
  ["3e-7", "text", "the number 3e-7", 'write 3.0e-7, or "3e-7" if text is meant'],
  ["2026-11-21", "a date", "text", 'write "2026-11-21"'],
  ["2026-11-21 12:30:00", "a date", "text", 'write "2026-11-21 12:30:00"'],
  ["=", "a mistake that ends the reading", "text", 'write "="'],
])("%s is read as %s by PyYAML and as %s by others", (text, python, others, repair) => {
  expect(shown(check(value(text)))).toEqual([
    `2:6 ambiguous-scalar environment_variables.A: LiteLLM's YAML reader takes ${text} for ${python}, other readers for ${others}; -> ${repair}`,
  ]);
});

test.each([
  ...["true", "False", "~", "null", "", "Null", "0", "-1", "+1", "1.5", "1.0e-7", "0x1F"],
  ...["y", "n", "plain", "1.2.3"],
])("both read %j alike", (text) => {
  expect(check(value(text)).filter(({ rule }) => rule === "ambiguous-scalar")).toEqual([]);
});

test.each(['"yes"', "'017'", "|\n    on"])("%j is not plain, so nobody mistakes it", (text) => {
  expect(check(value(text))).toEqual([]);
});

test("a value that may be a secret is not shown", () => {
  const [finding] = check("general_settings:\n  master_key: 1_000_000\n");
  expect(finding).toMatchObject({ rule: "ambiguous-scalar" });
  expect(JSON.stringify(finding)).not.toContain("1_000_000");
});
