import { counted, printable } from "../../../core/findings";
import { shownDollars } from "./budgets";
import type { Concern, KeyLine, KeyReport } from "./key-report";
import { type Column, markdownTable, markdownText, textTable } from "./table";

export const KEY_REPORT_FORMATS = ["text", "json", "md"] as const;
export type KeyReportFormat = (typeof KEY_REPORT_FORMATS)[number];

/** Concerns that hurt somebody now. */
const URGENT = new Set<Concern["concern"]>(["expired", "missing", "undelivered", "over-budget"]);

/** In place of an amount that the gateway does not give. */
const UNKNOWN = "unknown";
const SPEND_COMMAND = "keys report --spend --month YYYY-MM";

const KEYS: readonly Column[] = [
  { heading: "key" },
  { heading: "state" },
  { heading: "owner" },
  { heading: "team" },
  { heading: "models" },
  { heading: "spend", numbers: true },
  { heading: "budget", numbers: true },
  { heading: "expires" },
  { heading: "last active" },
  { heading: "token id" },
];
const OWNERS: readonly Column[] = [{ heading: "owner" }, { heading: "keys", numbers: true }, { heading: "spend", numbers: true }];
const BUDGETS: readonly Column[] = [
  { heading: "" },
  { heading: "name" },
  { heading: "spend", numbers: true },
  { heading: "budget", numbers: true },
  { heading: "%", numbers: true },
  { heading: "resets" },
];

/** A report in one of its formats; never with a token. */
export function renderKeyReport(report: KeyReport, format: KeyReportFormat): string {
  switch (format) {
    case "json":
      return `${JSON.stringify(report, null, 2)}\n`;
    case "md":
      return markdown(report);
    default:
      return text(report);
  }
}

function text(report: KeyReport): string {
  const { concerns, keys } = report;
  const width = concerns.reduce((widest, { kind, name }) => Math.max(widest, kind.length + 1 + printable(name).length), 0);
  const lines = concerns.map(
    ({ concern, kind, name, message, ours }) =>
      `  ${URGENT.has(concern) ? "!" : "·"} ${concern.padEnd(16)}  ${`${kind} ${printable(name)}`.padEnd(width)}  ${printable(message)}${ours ? "" : " (not ours)"}\n`,
  );
  const parts = [
    `${summary(report)}\n`,
    ...(lines.length > 0
      ? [
          `to look at
${lines.join("")}`,
        ]
      : []),
    ...(report.budgets.length > 0
      ? [`budgets\n${textTable(BUDGETS, budgetRows(report))}${isAnyUnknown(report) ? `  ${unknownNote(SPEND_COMMAND)}\n` : ""}`]
      : []),
    ...(keys.length > 0 ? [`owners\n${textTable(OWNERS, ownerRows(report))}`, `keys\n${textTable(KEYS, keys.map(keyRow))}`] : []),
  ];
  return parts.join("\n");
}

function markdown(report: KeyReport): string {
  const { concerns, keys } = report;
  const worst = concerns.length === 0 ? "✔" : concerns.some(({ concern }) => URGENT.has(concern)) ? "❌" : "⚠️";
  const rows = concerns.map(({ concern, kind, name, message, ours }) => [
    concern,
    kind,
    name,
    ours ? message : `${message} (not ours)`,
  ]);
  const columns = ["what", "", "name", ""].map((heading) => ({ heading }));
  const parts = [
    `### ${worst} ${markdownText(summary(report))}\n`,
    ...(rows.length > 0 ? [markdownTable(columns, rows)] : []),
    ...(report.budgets.length > 0 ? [`#### Budgets\n\n${markdownTable(BUDGETS, budgetRows(report))}`] : []),
    ...(isAnyUnknown(report) ? [`${unknownNote(`\`${SPEND_COMMAND}\``)}\n`] : []),
    ...(keys.length > 0
      ? [`#### Owners\n\n${markdownTable(OWNERS, ownerRows(report))}`, `#### Keys\n\n${markdownTable(KEYS, keys.map(keyRow))}`]
      : []),
  ];
  return parts.join("\n");
}

/** The answer in one line: how many keys, and how much there is to look at. */
function summary({ owner, at, counts, concerns }: KeyReport): string {
  const urgent = concerns.filter(({ concern }) => URGENT.has(concern)).length;
  const look = concerns.length === 0 ? "nothing to look at" : `${concerns.length} to look at, ${urgent} of them urgent`;
  return `${counted(counts.keys, "key")} of ${owner}, ${counts.foreignKeys} not ours: ${look} (${at})`;
}

function ownerRows({ owners }: KeyReport): string[][] {
  return owners.map(({ owner, keys, spend }) => [owner === "" ? "nobody" : owner, String(keys), shownDollars(spend)]);
}

function isAnyUnknown({ budgets }: KeyReport): boolean {
  return budgets.some(({ spend }) => spend === null);
}

/** Where to read what the budgets cannot say. */
function unknownNote(command: string): string {
  return `${UNKNOWN}: LiteLLM's API gives no spend of these; ${command} has a month's`;
}

function budgetRows({ budgets }: KeyReport): string[][] {
  return budgets.map(({ kind, name, spend, budget, percent, resets }) => [
    kind,
    name,
    spend === null ? UNKNOWN : shownDollars(spend),
    shownDollars(budget),
    percent === null ? UNKNOWN : String(percent),
    resets?.slice(0, 10) ?? "never",
  ]);
}

function keyRow(line: KeyLine): string[] {
  const { name, generation, state, owner = "", team = "", models, spend, budget, expires = "", lastActive, tokenId = "" } = line;
  return [
    generation === undefined ? name : `${name} (${generation})`,
    state,
    owner,
    team,
    models.length === 0
      ? "all"
      : models.length > 3
        ? `${models.slice(0, 2).join(", ")} and ${models.length - 2} more`
        : models.join(", "),
    shownDollars(spend),
    budget === undefined ? "" : shownDollars(budget),
    expires.slice(0, 10),
    lastActive?.slice(0, 10) ?? (state === "missing" ? "" : "never"),
    tokenId,
  ];
}
