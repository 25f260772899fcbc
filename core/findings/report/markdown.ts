import type { Finding } from "../finding";
import { type Report, shownFindings, summarise } from "./report";
import { placeOf, sentence } from "./text";

const MARKS = { error: "❌", warning: "⚠️", note: "ℹ️" } as const;

/** For a pull request: the answer as the heading, a table below it. */
export function renderMarkdown(report: Report): string {
  const findings = shownFindings(report);
  const worst = findings.find((finding) => !finding.waiver)?.severity;
  const heading = `### ${worst ? MARKS[worst] : "✔"} ${summarise(report)}`;
  const remark = report.remark ? [`\n${cell(report.remark)}`] : [];
  if (findings.length === 0) return [heading, ...remark, ""].join("\n");
  const rows = findings.map(
    (finding) => `| ${[severity(finding), where(finding), what(finding), `\`${finding.rule}\``].join(" | ")} |`,
  );
  return [heading, ...remark, "", "| | where | what | rule |", "|---|---|---|---|", ...rows, ""].join("\n");
}

function severity(finding: Finding): string {
  return finding.waiver ? `waived until ${finding.waiver.until}` : finding.severity;
}

function where(finding: Finding): string {
  return [placeOf(finding), finding.path]
    .filter((text) => text !== "")
    .map((text) => `\`${text.replaceAll("`", "'").replaceAll("|", "\\|")}\``)
    .join("<br>");
}

function what(finding: Finding): string {
  return [sentence(finding), finding.repair ? `**${finding.repair}**` : ""].filter(Boolean).map(cell).join("<br>");
}

/** Text within a table cell: nothing in it may end the cell or become markup. */
function cell(text: string): string {
  return text
    .replace(/[\\|<>`*_[\]]/g, (character) => (character === "*" || character === "_" ? character : `\\${character}`))
    .replaceAll("\n", " ");
}
