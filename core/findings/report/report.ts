import { counted } from "../counted";
import { arrange, type Finding } from "../finding";
import { printable } from "../printable";

/** What a run looked at, and what it found: the input of every rendering. */
export interface Report {
  /** Name and version of the toolkit. */
  readonly tool: { readonly name: string; readonly version: string };
  /** Files that were checked, as the user named them. */
  readonly files: readonly string[];
  readonly findings: readonly Finding[];
  /** What else belongs on the last line, such as the LiteLLM version that the files were checked for. */
  readonly remark?: string;
}

export interface Counts {
  readonly errors: number;
  readonly warnings: number;
  readonly notes: number;
  /** Findings that a waiver covers; they are in none of the other counts. */
  readonly waived: number;
}

export function countFindings(findings: readonly Finding[]): Counts {
  const open = findings.filter((finding) => !finding.waiver);
  const count = (severity: Finding["severity"]): number => open.filter((finding) => finding.severity === severity).length;
  return { errors: count("error"), warnings: count("warning"), notes: count("note"), waived: findings.length - open.length };
}

/** "2 errors, 1 warning in 1 file", or "no problems in 2 files". */
export function summarise(report: Report): string {
  const { errors, warnings, notes, waived } = countFindings(shownFindings(report));
  const counts: [number, string][] = [
    [errors, "error"],
    [warnings, "warning"],
    [notes, "note"],
  ];
  const parts = counts.filter(([count]) => count > 0).map(([count, word]) => counted(count, word));
  if (waived > 0) parts.push(`${waived} waived`);
  return `${parts.length === 0 ? "no problems" : parts.join(", ")} in ${counted(report.files.length, "file")}`;
}

/** The findings of a report in the order in which they are shown, with nothing in them that acts on who reads it. */
export function shownFindings(report: Report): readonly Finding[] {
  return arrange(report.findings).map(printableTexts);
}

/** The names of the files that were checked, as they may be shown. */
export function shownFiles(report: Report): readonly string[] {
  return report.files.map(printable);
}

function printableTexts<T>(value: T): T {
  if (typeof value === "string") return printable(value) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, printableTexts(inner)])) as T;
}
