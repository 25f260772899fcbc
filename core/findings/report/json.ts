import { countFindings, type Report, shownFiles, shownFindings } from "./report";

/** The version of the JSON report; it changes when a reader of the former one would break. */
export const REPORT_VERSION = 1;

/** For programs: `docs/reference/findings.schema.json` describes it. */
export function renderJson(report: Report): string {
  const { tool } = report;
  const files = shownFiles(report);
  const findings = shownFindings(report);
  const document = { reportVersion: REPORT_VERSION, tool, files, counts: countFindings(findings), findings };
  return `${JSON.stringify(document, null, 2)}\n`;
}
