import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import DraftFour from "ajv-draft-04";
import addFormats from "ajv-formats";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import * as z from "zod";
import { type Finding, type Report, type Rule, renderReport, TOOL } from "../../../core/findings";

const root = join(__dirname, "..", "..", "..");
const rule: Rule = { id: "unknown-setting", severity: "error", summary: "unknown", why: "silence", repair: "correct it" };
const place = { file: "environments/a b.yaml", line: 3, column: 9 };
const findings: Finding[] = [
  {
    rule: "unknown-setting",
    severity: "error",
    place,
    path: "a.b",
    message: 'odd "&<>" \u0007 characters',
    got: "1",
    repair: "mend it",
  },
  {
    rule: "other",
    severity: "warning",
    place,
    path: "",
    message: "waived",
    waiver: { owner: "o", reason: "r", until: "2027-01-31" },
  },
  { rule: "other", severity: "note", path: "", message: "without a place" },
];
const reports: [string, Report][] = [
  ["with findings of all kinds", { tool: TOOL, files: [place.file, "clean.yaml"], findings }],
  ["without findings", { tool: TOOL, files: ["clean.yaml"], findings: [] }],
];

describe("SARIF 2.1.0", () => {
  const schema = JSON.parse(
    readFileSync(join(root, "node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"), "utf8"),
  );
  const Validator = schema.$schema.includes("draft-04") ? DraftFour : Ajv;
  const validate = addFormats(new Validator({ strict: false, allErrors: true, unicodeRegExp: false })).compile(schema);

  test.each(reports)("a report %s fits the schema", (_title, report) => {
    validate(JSON.parse(renderReport(report, "sarif", { rules: [rule], colour: false })));

    expect(validate.errors ?? []).toEqual([]);
  });

  test("fails for a level that SARIF does not have", () => {
    const log = JSON.parse(renderReport(reports[0]?.[1] as Report, "sarif", { rules: [rule], colour: false }));
    log.runs[0].results[0].level = "fatal";

    expect(validate(log)).toBe(false);
  });
});

describe("JUnit", () => {
  const counted = z.string().regex(/^\d+$/).transform(Number);
  const text = z.union([
    z.string(),
    z.strictObject({ "@_message": z.string(), "@_type": z.string().optional(), "#text": z.string().optional() }),
  ]);
  const testcase = z.strictObject({
    "@_name": z.string(),
    "@_classname": z.string(),
    failure: z.array(text).optional(),
    skipped: z.array(text).optional(),
  });
  const testsuite = z.strictObject({
    "@_name": z.string(),
    "@_tests": counted,
    "@_failures": counted,
    "@_skipped": counted,
    testcase: z.array(testcase),
  });
  const schema = z.strictObject({
    "?xml": z.unknown(),
    testsuites: z.strictObject({
      "@_name": z.string(),
      "@_tests": counted,
      "@_failures": counted,
      testsuite: z.array(testsuite),
    }),
  });
  const lists = new Set(["testsuite", "testcase", "failure", "skipped"]);
  const parser = new XMLParser({
    ignoreAttributes: false,
    parseAttributeValue: false,
    parseTagValue: false,
    isArray: (name) => lists.has(name),
  });

  test.each(reports)("a report %s is well formed, has the parts that CI systems read, and counts right", (_title, report) => {
    const xml = renderReport(report, "junit", { rules: [], colour: false });
    expect(XMLValidator.validate(xml)).toBe(true);

    const { testsuites } = schema.parse(parser.parse(xml));
    const cases = testsuites.testsuite.flatMap((suite) => suite.testcase);
    expect(testsuites["@_tests"]).toBe(cases.length);
    expect(testsuites["@_failures"]).toBe(cases.filter(({ failure }) => failure).length);
    for (const suite of testsuites.testsuite) expect(suite["@_tests"]).toBe(suite.testcase.length);
  });

  test("fails for what is no JUnit", () => {
    expect(schema.safeParse(parser.parse("<testsuites><case/></testsuites>")).success).toBe(false);
  });
});
