import type { Finding, Severity } from "../finding";
import type { Rule } from "../rule";
import { type Report, shownFindings } from "./report";
import { sentence } from "./text";

const LEVELS: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", note: "note" };

/** SARIF 2.1.0, as code hosts read it. `rules` describes the rules that may appear. */
export function renderSarif(report: Report, rules: readonly Rule[]): string {
  const findings = shownFindings(report);
  const used = rules
    .filter((rule) => findings.some((finding) => finding.rule === rule.id))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const driver = {
    name: report.tool.name,
    semanticVersion: report.tool.version,
    rules: used.map(ruleOf),
  };
  const index = new Map(used.map((rule, position) => [rule.id, position]));
  const run = { tool: { driver }, columnKind: "utf16CodeUnits", results: findings.map((finding) => resultOf(finding, index)) };
  const log = { $schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [run] };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function ruleOf(rule: Rule): object {
  return {
    id: rule.id,
    shortDescription: { text: rule.summary },
    fullDescription: { text: rule.why },
    help: { text: rule.repair },
    defaultConfiguration: { level: LEVELS[rule.severity] },
  };
}

function resultOf(finding: Finding, index: ReadonlyMap<string, number>): object {
  const { place, path, waiver } = finding;
  const ruleIndex = index.get(finding.rule);
  const region = place && { startLine: place.line, startColumn: place.column };
  return {
    ruleId: finding.rule,
    ...(ruleIndex !== undefined && { ruleIndex }),
    level: LEVELS[finding.severity],
    message: { text: [sentence(finding), finding.repair].filter(Boolean).join("; ") },
    ...(place && {
      locations: [
        {
          physicalLocation: { artifactLocation: { uri: uriOf(place.file) }, region },
          ...(path !== "" && { logicalLocations: [{ fullyQualifiedName: path }] }),
        },
      ],
    }),
    ...(waiver && {
      suppressions: [{ kind: "external", justification: `${waiver.owner}, until ${waiver.until}: ${waiver.reason}` }],
    }),
  };
}

/** A file name as a URI reference; SARIF has no other way to name a file. */
function uriOf(file: string): string {
  return file.replaceAll("\\", "/").split("/").map(encodeURIComponent).join("/");
}
