import type { Finding } from "../finding";
import { type Report, shownFiles, shownFindings } from "./report";
import { placeOf, sentence } from "./text";

/** JUnit XML, as CI systems show it: a suite for each file, a case for each finding, one passing case for a clean file. */
export function renderJunit(report: Report): string {
  const findings = shownFindings(report);
  const files = [...new Set([...shownFiles(report), ...findings.map((finding) => finding.place?.file ?? "")])].filter(
    (file) => file !== "",
  );
  const suites = files.map((file) =>
    suiteOf(
      file,
      findings.filter((finding) => finding.place?.file === file),
    ),
  );
  const unplaced = findings.filter((finding) => !finding.place);
  if (unplaced.length > 0) suites.push(suiteOf(report.tool.name, unplaced));
  const failures = findings.filter(isFailure).length;
  const tests = suites.reduce((sum, suite) => sum + suite.tests, 0);
  const open = `<testsuites name="${xmlText(report.tool.name)}" tests="${tests}" failures="${failures}">`;
  return ['<?xml version="1.0" encoding="UTF-8"?>', open, ...suites.map((suite) => suite.text), "</testsuites>", ""].join("\n");
}

function suiteOf(file: string, findings: readonly Finding[]): { text: string; tests: number } {
  const cases =
    findings.length === 0 ? [`    <testcase name="no problems" classname="${xmlText(file)}"/>`] : findings.map(caseOf);
  const failures = findings.filter(isFailure).length;
  const skipped = findings.length - failures;
  const open = `  <testsuite name="${xmlText(file)}" tests="${cases.length}" failures="${failures}" skipped="${skipped}">`;
  return { text: [open, ...cases, "  </testsuite>"].join("\n"), tests: cases.length };
}

function caseOf(finding: Finding): string {
  const name = xmlText(`${finding.rule} ${finding.path}`.trim());
  const open = `    <testcase name="${name}" classname="${xmlText(finding.place?.file ?? "")}">`;
  const text = xmlText(
    [`${placeOf(finding)} ${finding.path}`.trim(), sentence(finding), finding.repair ?? ""].filter(Boolean).join("\n"),
  );
  const message = xmlText(sentence(finding));
  const inner = isFailure(finding)
    ? `      <failure type="${xmlText(finding.severity)}" message="${message}">${text}</failure>`
    : `      <skipped message="${xmlText(finding.waiver ? `waived: ${finding.waiver.reason}` : `${finding.severity}: ${finding.message}`)}"/>`;
  return [open, inner, "    </testcase>"].join("\n");
}

/** Errors and warnings that nobody has waived; notes inform and fail nothing. */
function isFailure(finding: Finding): boolean {
  return finding.severity !== "note" && !finding.waiver;
}

/** XML text and attribute values; characters that XML 1.0 cannot hold become the replacement character. */
function xmlText(text: string): string {
  const legal = text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD");
  return legal
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("\n", "&#10;");
}
