import { printableLines } from "../../../core/findings";
import type { KnownVersions, VersionChange } from "../../../core/versions";
import { aligned, markdown } from "../tables";

export type VersionFormat = "text" | "json" | "md";

/** Two versions and what is different between them. */
export interface Comparison {
  readonly from: string;
  readonly to: string;
  /** The environment that it is for. */
  readonly file?: string;
  /** The gravest first. */
  readonly changes: readonly VersionChange[];
}

/** So many changes of one topic are shown to people where they concern no line of their file; JSON has all. */
const MOST_SHOWN = 5;
const LONGEST = 160;

/** The known versions as a table. */
export function renderKnown({ versions, floor, denied }: KnownVersions, format: VersionFormat, file?: string): string {
  if (format === "json") return `${JSON.stringify({ ...(file !== undefined && { file }), versions, floor, denied }, null, 2)}\n`;
  const rows = versions.map(({ version, isDefault, installable, advisories, check }) => [
    version,
    [isDefault ? "default, tested" : "", installable ? "installable" : ""].filter(Boolean).join(", "),
    advisories.length > 0 ? `open to ${advisories.join(", ")}` : "",
    ...(check
      ? [check.errors + check.warnings === 0 ? "no problems" : `${check.errors} errors, ${check.warnings} warnings`]
      : []),
  ]);
  const head = ["version", "", "advisories", ...(file === undefined ? [] : [file])];
  const notes = [`the least release without known weaknesses: ${floor}`, `must never run: ${denied.join(", ")}`];
  return format === "md"
    ? `${markdown([head, ...rows])}\n${notes.map((note) => `- ${note}\n`).join("")}`
    : `${aligned([head, ...rows])}\n${notes.join("\n")}\n`;
}

/** What is different: an answer in the first line, then what to look at, the gravest first, then counts of the rest. */
export function renderComparison(comparison: Comparison, format: VersionFormat): string {
  const { from, to, file, changes } = comparison;
  if (format === "json") return `${JSON.stringify({ from, to, ...(file !== undefined && { file }), changes }, null, 2)}\n`;
  const groups = groupsOf(changes, file);
  const counts = groups.map(({ heading, all }) => `${all.length} ${heading}`).join(", ");
  const answer = `LiteLLM ${from} → ${to}${file === undefined ? "" : ` for ${file}`}: ${counts}`;
  const informs = changes.filter(({ weight }) => weight === "informs");
  const rest = informs.length === 0 ? "" : `new, or not in use: ${countsOf(informs)} (--format json names them)\n`;
  return printableLines(format === "md" ? markdownComparison(answer, groups, rest) : textComparison(answer, groups, rest));
}

interface Group {
  readonly heading: string;
  readonly all: readonly VersionChange[];
  readonly shown: readonly VersionChange[];
}

/** What breaks, what differs in the environment, and what differs for everybody. */
function groupsOf(changes: readonly VersionChange[], file: string | undefined): Group[] {
  const own = ({ topic, place }: VersionChange): boolean => place !== undefined || topic === "advisory" || topic === "check";
  const breaks = changes.filter(({ weight }) => weight === "breaks");
  const differs = changes.filter(({ weight }) => weight === "differs");
  if (file === undefined) return [group("break", breaks), group("differ", differs)];
  return [
    group("break", breaks),
    group("differ in it", differs.filter(own)),
    group(
      "differ around it",
      differs.filter((change) => !own(change)),
    ),
  ];
}

function group(heading: string, all: readonly VersionChange[]): Group {
  const seen = new Map<string, number>();
  const shown = all.filter(({ topic, place }) => {
    seen.set(topic, (seen.get(topic) ?? 0) + 1);
    return place !== undefined || (seen.get(topic) ?? 0) <= MOST_SHOWN;
  });
  return { heading, all, shown };
}

function textComparison(answer: string, groups: readonly Group[], rest: string): string {
  const blocks = groups
    .filter(({ all }) => all.length > 0)
    .map(({ heading, all, shown }) => {
      const rows = shown.map(({ topic, what, message, place }) => {
        const at = place ? `  (${place.file}:${place.line})` : "";
        return `  ${topic.padEnd(13)}  ${what}: ${shortened(message)}${at}\n`;
      });
      return `\n${heading}\n${rows.join("")}${moreOf(all, shown)}`;
    });
  return `${answer}\n${blocks.join("")}${rest === "" ? "" : `\n${rest}`}`;
}

function markdownComparison(answer: string, groups: readonly Group[], rest: string): string {
  const rows = groups.flatMap(({ heading, shown }) =>
    shown.map(({ topic, what, message, place }) => [
      heading,
      topic,
      `\`${what}\`${place ? ` (${place.file}:${place.line})` : ""}`,
      shortened(message),
    ]),
  );
  const more = groups.map(({ all, shown }) => moreOf(all, shown).trim()).filter(Boolean);
  const table = rows.length > 0 ? [markdown([["", "topic", "what", "change"], ...rows])] : [];
  return [`### ${answer}\n`, ...table, ...more.map((text) => `${text}\n`), rest].filter(Boolean).join("\n");
}

function shortened(message: string): string {
  return message.length > LONGEST ? `${message.slice(0, LONGEST - 1)}…` : message;
}

function moreOf(all: readonly VersionChange[], shown: readonly VersionChange[]): string {
  const hidden = all.filter((change) => !shown.includes(change));
  return hidden.length === 0 ? "" : `  and ${countsOf(hidden)} more (--format json names them)\n`;
}

/** `3 routes, 1 metric`. */
function countsOf(changes: readonly VersionChange[]): string {
  const counts = new Map<string, number>();
  for (const { topic } of changes) counts.set(topic, (counts.get(topic) ?? 0) + 1);
  return [...counts].map(([topic, count]) => `${count} ${plural(topic, count)}`).join(", ");
}

function plural(topic: string, count: number): string {
  if (count === 1) return topic;
  return topic.endsWith("y") ? `${topic.slice(0, -1)}ies` : `${topic}s`;
}
