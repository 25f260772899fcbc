import type { Finding } from "../finding";
import { type Report, shownFindings, summarise } from "./report";

const COLOURS = { error: "\u001b[31m", warning: "\u001b[33m", note: "\u001b[36m", off: "\u001b[0m" } as const;

/**
 * For people: the place on a line of its own, then what is wrong, then what to do.
 *
 * @param colour whether the reader is a terminal
 */
export function renderText(report: Report, colour = false): string {
  const findings = shownFindings(report);
  const blocks = findings.map((finding) => `${block(finding, colour)}\n`);
  const last = `${summarise(report)}${report.remark ? ` (${report.remark})` : ""}\n`;
  return blocks.length === 0 ? last : `${blocks.join("\n")}\n${last}`;
}

/** One line a finding, `file:line:col: severity: message [rule]`, as editors read it. */
export function renderCompact(report: Report): string {
  return shownFindings(report)
    .map((finding) => {
      const parts = [
        `${placeOf(finding)}: ${severityOf(finding)}: ${finding.path ? `${finding.path}: ` : ""}${sentence(finding)}`,
      ];
      if (finding.repair) parts.push(finding.repair);
      return `${parts.join("; ")} [${finding.rule}]\n`;
    })
    .join("");
}

/** "this value does not fit, got 3; expected text". */
export function sentence(finding: Finding): string {
  const got = finding.got === undefined ? "" : `, got ${finding.got}`;
  const expected = finding.expected === undefined ? "" : `; expected ${finding.expected}`;
  return `${finding.message}${got}${expected}`;
}

/** `file:line:col`, or the empty text where no file can be named. */
export function placeOf({ place }: Finding): string {
  return place ? `${place.file}:${place.line}:${place.column}` : "";
}

function block(finding: Finding, colour: boolean): string {
  const severity = severityOf(finding).padEnd(7);
  const shown = colour ? `${COLOURS[finding.severity]}${severity}${COLOURS.off}` : severity;
  const lines = [`${placeOf(finding)}  ${finding.path}`.trim(), `  ${shown} ${sentence(finding)}  [${finding.rule}]`];
  if (finding.repair) lines.push(`          ${finding.repair}`);
  if (finding.waiver)
    lines.push(`          waived by ${finding.waiver.owner} until ${finding.waiver.until}: ${finding.waiver.reason}`);
  return lines.filter((line) => line !== "").join("\n");
}

function severityOf(finding: Finding): string {
  return finding.waiver ? "waived" : finding.severity;
}
