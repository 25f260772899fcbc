import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv/dist/2020";
import addFormats from "ajv-formats";
import { type Finding, renderReport, TOOL } from "../../../core/findings";

const root = join(__dirname, "..", "..", "..");

const finding: Finding = {
  rule: "unknown-setting",
  severity: "error",
  place: { file: "environments/prod.yaml", line: 31, column: 7 },
  path: "litellm.config.router_settings.enable_pre_call_check",
  message: "unknown setting in LiteLLM 1.108.10",
  got: "true",
  expected: "a known setting",
  repair: "did you mean enable_pre_call_checks?",
  waiver: { owner: "platform", reason: "migration", until: "2027-01-31" },
};

/** Contract: programs read it. A change needs a decision record, and a new report version where readers would break. */
test("the JSON report is frozen", () => {
  const text = renderReport({ tool: TOOL, files: ["environments/prod.yaml"], findings: [finding] }, "json", {
    rules: [],
    colour: false,
  });

  expect(JSON.parse(text)).toEqual({
    reportVersion: 1,
    tool: { name: "cdktf-litellm", version: TOOL.version },
    files: ["environments/prod.yaml"],
    counts: { errors: 0, warnings: 0, notes: 0, waived: 1 },
    findings: [
      {
        rule: "unknown-setting",
        severity: "error",
        place: { file: "environments/prod.yaml", line: 31, column: 7 },
        path: "litellm.config.router_settings.enable_pre_call_check",
        message: "unknown setting in LiteLLM 1.108.10",
        got: "true",
        expected: "a known setting",
        repair: "did you mean enable_pre_call_checks?",
        waiver: { owner: "platform", reason: "migration", until: "2027-01-31" },
      },
    ],
  });
});

test("the JSON report fits the schema that is published for it, and a changed one does not", () => {
  const schema = JSON.parse(readFileSync(join(root, "docs/reference/findings.schema.json"), "utf8"));
  const validate = addFormats(new Ajv({ strict: true })).compile(schema);
  const document = JSON.parse(
    renderReport({ tool: TOOL, files: ["a.yaml"], findings: [finding] }, "json", { rules: [], colour: false }),
  );

  expect(validate(document)).toBe(true);
  expect(validate({ ...document, findings: [{ ...finding, severity: "fatal" }] })).toBe(false);
  expect(validate({ ...document, findings: [{ ...finding, extra: 1 }] })).toBe(false);
});

test("the toolkit says the version that its package has", () => {
  expect(JSON.parse(readFileSync(join(root, "package.json"), "utf8")).version).toBe(TOOL.version);
});
