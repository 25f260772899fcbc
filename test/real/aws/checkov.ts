import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { applyWaivers, type Finding, type Waiver } from "../../../core/findings";
import { type FoundTool, pythonTool } from "../support/python-tool";

/** Why findings of checkov are accepted. */
export interface Explanation {
  readonly checks: readonly string[];
  /** Terraform addresses. */
  readonly resources: readonly string[];
  readonly owner: string;
  readonly reason: string;
  /** The last day, `YYYY-MM-DD`. */
  readonly until: string;
}

/** What checkov said of one file. */
export interface Verdict {
  readonly passed: number;
  readonly findings: readonly Finding[];
}

interface CheckovReport {
  readonly summary: { readonly passed: number; readonly parsing_errors: number };
  readonly results: { readonly failed_checks: readonly { check_id: string; resource: string; check_name: string }[] };
}

/** checkov, of the version that the explanations were written for. */
export function findCheckov(): FoundTool {
  return pythonTool({ name: "checkov", version: "3.3.30", program: "checkov" });
}

export function readExplanations(): Explanation[] {
  return JSON.parse(readFileSync(join(__dirname, "checkov-explained.json"), "utf8"));
}

/**
 * Runs checkov on a file, offline.
 * @throws Error when it could not read the file: a report without findings would look like praise
 */
export function runCheckov(command: string, file: string, framework: "terraform_plan" | "terraform_json"): Verdict {
  const args = ["-f", file, "--framework", framework, "--skip-download", "--quiet", "--compact", "-o", "json"];
  const { stdout } = spawnSync(command, args, { encoding: "utf8", maxBuffer: 2 ** 28 });
  const report = JSON.parse(stdout) as CheckovReport;
  if (!report.results || report.summary.parsing_errors > 0) throw new Error(`checkov cannot read ${file}`);
  const findings = report.results.failed_checks.map(({ check_id: rule, resource, check_name: message }): Finding => {
    return { rule, severity: "error", path: resource, message };
  });
  return { passed: report.summary.passed, findings };
}

/** What is left to say: findings that nobody explained, and explanations that have ended or explain nothing. */
export function unexplained(findings: readonly Finding[], explanations: readonly Explanation[], today: string): string[] {
  const waivers = explanations.flatMap(({ checks, resources, ...rest }) =>
    checks.flatMap((rule) => resources.map((at): Waiver => ({ rule, at, path: `${rule} ${at}`, ...rest }))),
  );
  const left = applyWaivers(findings, waivers, new Set(), today).filter(({ waiver }) => !waiver);
  return left.map(({ rule, path, message }) => `${rule} ${path}: ${message}`);
}
