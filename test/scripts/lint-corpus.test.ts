import { readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "..", "..");
const { table } = require("../../scripts/corpus/table.cjs") as { table: (record: unknown) => string };
const record = JSON.parse(readFileSync(join(root, "test", "real", "corpus.json"), "utf8")) as {
  files: Record<string, { findings: Record<string, { proof: string }> }>;
};

test("every finding of the corpus was confirmed", () => {
  const findings = Object.values(record.files).flatMap((file) => Object.values(file.findings));
  expect(findings.length).toBeGreaterThan(900);
  expect(findings.filter(({ proof }) => !proof)).toEqual([]);
});

test("the table in the docs is the one of the record", () => {
  expect(readFileSync(join(root, "docs", "lint-corpus.md"), "utf8")).toBe(table(record));
});
