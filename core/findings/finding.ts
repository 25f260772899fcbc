/** How much a finding matters: an `error` stops a deployment, a `warning` should be looked at, a `note` informs. */
export type Severity = "error" | "warning" | "note";

/** A position in a text that a user wrote. Line and column count from 1, the column in UTF-16 code units. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Who accepted a finding, why, and until when (`YYYY-MM-DD`, inclusive). */
export interface AppliedWaiver {
  readonly owner: string;
  readonly reason: string;
  readonly until: string;
}

/**
 * The one type for all that the toolkit tells a user.
 *
 * Texts are lower case, without a final period, and never hold the value of a secret.
 */
export interface Finding {
  /** The id of the rule, kebab-case; `docs/errors.md` explains it under the anchor of the same name. */
  readonly rule: string;
  readonly severity: Severity;
  /** Absent only where no file can be named, such as a usage error. */
  readonly place?: Place;
  /** Where in the tree, as a user would write it: `litellm.config.model_list[3].model_name`. Empty for the whole file. */
  readonly path: string;
  /** What is wrong. */
  readonly message: string;
  /** What was written, shortened; absent where it says nothing or may be a secret. */
  readonly got?: string;
  /** What may stand there. */
  readonly expected?: string;
  /** What to do about it. */
  readonly repair?: string;
  /** Set when a waiver covers the finding: it is shown, and no longer counts. */
  readonly waiver?: AppliedWaiver;
}

const SEVERITIES: readonly Severity[] = ["error", "warning", "note"];

/** Whether `severity` is at least as grave as `threshold`. */
export function isAtLeast(severity: Severity, threshold: Severity): boolean {
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(threshold);
}

/** Errors first, then by file, line, column, path and rule: the order in which everything is shown. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    compareText(a.place?.file ?? "", b.place?.file ?? "") ||
    (a.place?.line ?? 0) - (b.place?.line ?? 0) ||
    (a.place?.column ?? 0) - (b.place?.column ?? 0) ||
    compareText(a.path, b.path) ||
    compareText(a.rule, b.rule)
  );
}

/** Sorted, and nothing twice. */
export function arrange(findings: readonly Finding[]): Finding[] {
  const sorted = [...findings].sort(compareFindings);
  return sorted.filter((finding, index) => index === 0 || JSON.stringify(finding) !== JSON.stringify(sorted[index - 1]));
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
