import { type Finding, FORMATS, type Format, type Report, type Rule, renderReport } from "../../../core/findings";

const rule: Rule = {
  id: "duration-trap",
  severity: "error",
  summary: "a duration that resets at another time",
  why: "because",
  repair: "write 30d",
};
const findings: Finding[] = [
  { rule: "port", severity: "warning", place: { file: "b.yaml", line: 2, column: 1 }, path: "port", message: "odd port" },
  {
    rule: "duration-trap",
    severity: "error",
    place: { file: "a file.yaml", line: 58, column: 24 },
    path: "litellm.config.model_list[3].budget_duration",
    message: "resets at every midnight",
    got: '"30days" | <b>',
    expected: "30d",
    repair: "write 30d",
  },
  {
    rule: "port",
    severity: "warning",
    place: { file: "b.yaml", line: 9, column: 1 },
    path: "other",
    message: "odd",
    waiver: { owner: "sre", reason: "known", until: "2027-01-01" },
  },
];
const report: Report = {
  tool: { name: "cdktf-litellm", version: "1.2.3" },
  files: ["a file.yaml", "b.yaml"],
  findings,
  remark: "LiteLLM 1.108.10",
};
const render = (format: Format, of = report) => renderReport(of, format, { rules: [rule], colour: false });

describe("a report is shown", () => {
  test("to people: errors first, place on a line of its own, repair below", () => {
    expect(render("text")).toBe(`a file.yaml:58:24  litellm.config.model_list[3].budget_duration
  error   resets at every midnight, got "30days" | <b>; expected 30d  [duration-trap]
          write 30d

b.yaml:2:1  port
  warning odd port  [port]

b.yaml:9:1  other
  waived  odd  [port]
          waived by sre until 2027-01-01: known

1 error, 1 warning, 1 waived in 2 files (LiteLLM 1.108.10)
`);
  });

  test("to editors: one line a finding", () => {
    expect(render("compact").split("\n")[0]).toBe(
      'a file.yaml:58:24: error: litellm.config.model_list[3].budget_duration: resets at every midnight, got "30days" | <b>; expected 30d; write 30d [duration-trap]',
    );
  });

  test("in a pull request: nothing that a value holds breaks the table", () => {
    expect(render("md")).toContain(
      '| error | `a file.yaml:58:24`<br>`litellm.config.model_list[3].budget_duration` | resets at every midnight, got "30days" \\| \\<b\\>; expected 30d<br>**write 30d** | `duration-trap` |',
    );
  });

  test("to CI as JUnit: a case a finding, a waived one skipped, markup escaped", () => {
    const xml = render("junit");

    expect(xml).toContain('<testsuites name="cdktf-litellm" tests="3" failures="2">');
    expect(xml).toContain('<testsuite name="b.yaml" tests="2" failures="1" skipped="1">');
    expect(xml).toContain("&lt;b&gt;");
    expect(xml).not.toContain("<b>");
  });

  test("as SARIF: rules described, waivers as suppressions, file names as URIs", () => {
    const log = JSON.parse(render("sarif"));

    expect(log.runs[0].tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual(["duration-trap"]);
    expect(log.runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri).toBe("a%20file.yaml");
    expect(log.runs[0].results[2].suppressions).toEqual([{ kind: "external", justification: "sre, until 2027-01-01: known" }]);
  });

  test("with colours on a terminal only", () => {
    expect(renderReport(report, "text", { rules: [], colour: true })).toContain("\u001b[31m");
    expect(render("text")).not.toContain("\u001b");
  });

  test.each([...FORMATS])("the same in %s whatever the order of discovery, and nothing twice", (format) => {
    expect(render(format, { ...report, findings: [...findings, ...findings].reverse() })).toBe(render(format));
  });

  test("a clean report says so", () => {
    expect(render("text", { ...report, findings: [] })).toBe("no problems in 2 files (LiteLLM 1.108.10)\n");
  });
});
