import { stringify } from "csv-stringify/sync";
import { printable } from "../../../core/findings";
import type { SpendLine, SpendReport } from "./spend-report";
import { type Column, markdownTable, markdownText, textTable } from "./table";

export const SPEND_FORMATS = ["text", "json", "md", "csv"] as const;
export type SpendFormat = (typeof SPEND_FORMATS)[number];

const COLUMNS: readonly Column[] = [
  { heading: "name" },
  { heading: "USD", numbers: true },
  { heading: "requests", numbers: true },
  { heading: "failed", numbers: true },
  { heading: "prompt tokens", numbers: true },
  { heading: "completion tokens", numbers: true },
];

/** A month's spend in one of its formats. */
export function renderSpend(report: SpendReport, format: SpendFormat): string {
  switch (format) {
    case "json":
      return `${JSON.stringify(report, null, 2)}\n`;
    case "csv":
      return csv(report);
    case "md":
      return markdown(report);
    default:
      return text(report);
  }
}

/** One kind of line in a report. */
interface Section {
  readonly kind: string;
  readonly heading: string;
  readonly lines: readonly Line[];
}

type Line = Pick<SpendLine, "spend" | "requests" | "failedRequests" | "promptTokens" | "completionTokens"> & {
  readonly id: string;
  readonly name: string;
};

function sections({ teams, withoutTeam, users, customers, tags, keys }: SpendReport): Section[] {
  const rest = withoutTeam.requests > 0 ? [{ ...withoutTeam, id: "", name: "(without a team)" }] : [];
  const all = [
    { kind: "team", heading: "teams", lines: [...teams.map(named), ...rest] },
    { kind: "user", heading: "users", lines: users.map(named) },
    { kind: "customer", heading: "customers", lines: customers.map(named) },
    { kind: "tag", heading: "tags (they overlap: do not add them up)", lines: tags.map(named) },
    { kind: "key", heading: "keys", lines: keys.map((key) => ({ ...key, id: key.tokenIds.join(" ") })) },
  ];
  return all.filter(({ lines }) => lines.length > 0);
}

function named(line: SpendLine): Line {
  return { ...line, name: line.name ?? line.id };
}

/** One row a line, for a spreadsheet: cells that a spreadsheet would take for a formula are made text. */
function csv(report: SpendReport): string {
  const head = ["month", "kind", "id", "name", "usd", "requests", "failed_requests", "prompt_tokens", "completion_tokens"];
  const total: Section = { kind: "total", heading: "", lines: [{ ...report.total, id: "", name: "" }] };
  const rows = [total, ...sections(report)].flatMap(({ kind, lines }) =>
    lines.map(({ id, name, ...usage }) => [report.month, kind, printable(id), printable(name), ...cells(usage)]),
  );
  return stringify([head, ...rows], { escape_formulas: true });
}

function text(report: SpendReport): string {
  const tables = sections(report).map(({ heading, lines }) => `${heading}\n${textTable(COLUMNS, lines.map(row))}`);
  return [`${summary(report)}\n`, ...tables, report.notes.map((note) => `note: ${note}\n`).join("")].join("\n");
}

function markdown(report: SpendReport): string {
  const tables = sections(report).map(
    ({ heading, lines }) => `#### ${capital(heading)}\n\n${markdownTable(COLUMNS, lines.map(row))}`,
  );
  const notes = report.notes.map((note) => `- ${markdownText(note)}\n`).join("");
  return [`### ${markdownText(summary(report))}\n`, ...tables, notes].join("\n");
}

function summary({ month, total, settled }: SpendReport): string {
  return `${month}: ${total.spend} USD in ${total.requests} requests${settled ? "" : " so far"}`;
}

function row({ name, ...usage }: Line): string[] {
  return [name, ...cells(usage)];
}

function cells({ spend, requests, failedRequests, promptTokens, completionTokens }: Omit<Line, "id" | "name">): string[] {
  return [spend, ...[requests, failedRequests, promptTokens, completionTokens].map(String)];
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
