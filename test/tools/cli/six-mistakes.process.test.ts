import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv/dist/2020";
import DraftFour from "ajv-draft-04";
import addFormats from "ajv-formats";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { tempProject } from "../../support/temp-project";

const root = join(__dirname, "..", "..", "..");
const project = tempProject();
const KEY = "sk-proj-Zk3v9QwLr7TnB2xYd8MfHc5GpJs0";
const SIX_MISTAKES = `model_list:
  - model_name: gpt
    litellm_params: { model: openai/gpt-4o, api_key: ${KEY} }
    model_info: { id: gpt-1 }
router_settings:
  enable_pre_call_check: true
  request_timeout: 600
  fallbacks: [{ gpt: [claude] }]
litellm_settings:
  database_url: os.environ/DATABASE_URL
  max_budget: 100
  budget_duration: 30days
`;
const FOUND = [
  "3:54 credential-literal",
  "6:3 unknown-setting",
  "7:3 unknown-setting",
  "8:23 fallback-undefined",
  "10:3 unknown-setting",
  "12:20 duration-suffix",
];

/** Runs the compiled program as a user's shell would. */
function lint(format: string) {
  project.write("config.yaml", SIX_MISTAKES);
  const program = join(root, "dist", "tools", "cli", "main.js");
  const result = spawnSync(process.execPath, [program, "lint", "config.yaml", "--format", format], {
    cwd: project.folder,
    encoding: "utf8",
  });
  expect(result.status).toBe(1);
  // The beginning alone would be enough for somebody to search for.
  expect(result.stdout + result.stderr).not.toContain(KEY.slice(8, 20));
  return result.stdout;
}

const schemaOf = (file: string): { $schema: string } => JSON.parse(readFileSync(join(root, file), "utf8"));

test.each(["text", "compact", "md"])(
  "six mistakes are six findings with a repair in %s, and the key's value is nowhere",
  (format) => {
    const text = lint(format);

    for (const finding of FOUND) expect(text).toContain(finding.split(" ")[0]);
    for (const repair of [
      "os.environ/OPENAI_API_KEY",
      "enable_pre_call_checks",
      "here it is called timeout",
      "model_name: claude",
      "general_settings",
      "30d",
    ]) {
      expect(text).toContain(repair);
    }
  },
);

test("JSON of the same run fits its schema", () => {
  const report = JSON.parse(lint("json"));
  const validate = addFormats(new Ajv({ strict: true })).compile(schemaOf("docs/reference/findings.schema.json"));

  validate(report);
  expect(validate.errors ?? []).toEqual([]);
  const shown = report.findings.map(
    ({ place, rule }: { place: { line: number; column: number }; rule: string }) => `${place.line}:${place.column} ${rule}`,
  );
  expect(shown).toEqual(FOUND);
  for (const { repair } of report.findings) expect(repair).toMatch(/\S/);
});

test("SARIF of the same run fits its schema", () => {
  const log = JSON.parse(lint("sarif"));
  const schema = schemaOf("node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
  const Validator = schema.$schema.includes("draft-04") ? DraftFour : Ajv;
  const validate = addFormats(new Validator({ strict: false, allErrors: true, unicodeRegExp: false })).compile(schema);

  validate(log);
  expect(validate.errors ?? []).toEqual([]);
  expect(log.runs[0].results.map(({ ruleId }: { ruleId: string }) => ruleId)).toEqual(
    FOUND.map((finding) => finding.split(" ")[1]),
  );
});

test("JUnit of the same run is well formed and counts six failures", () => {
  const xml = lint("junit");
  const parsed = new XMLParser({ ignoreAttributes: false }).parse(xml);

  expect(XMLValidator.validate(xml)).toBe(true);
  expect(parsed.testsuites).toMatchObject({ "@_tests": "6", "@_failures": "6" });
  expect(parsed.testsuites.testsuite.testcase).toHaveLength(6);
});
