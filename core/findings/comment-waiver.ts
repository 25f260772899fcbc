import type { Finding, Place } from "./finding";
import { found, type Rule } from "./rule";
import type { Waiver } from "./waiver";

/** A comment, what it says after the toolkit's name, and the line that it is about. */
interface Comment {
  readonly place: Place;
  readonly text: string;
  readonly about: number;
}

/** A comment that is meant as a waiver and is none. */
export const waiverMalformed: Rule = {
  id: "waiver-malformed",
  severity: "error",
  waivable: false,
  summary: "a comment looks like a waiver and is none",
  why: "A waiver names its rule, its last day, its owner and its reason; without one of them it would be an exception that nobody answers for.",
  repair: "write # cdktf-litellm: waive <rule> until 2027-01-31 owner <who>: <reason>",
};

const FORM = /^waive ([a-z0-9-]+) until (\d{4}-\d{2}-\d{2}) owner ([^:]+): (\S.*)$/;

/**
 * The waivers that stand in comments above lines: `# cdktf-litellm: waive <rule> until <date> owner <who>: <reason>`.
 * Such a waiver holds for the findings of its rule in the next line.
 *
 * @param findings those that the waivers may cover
 */
export function commentWaivers(
  comments: readonly Comment[],
  findings: readonly Finding[],
): { waivers: Waiver[]; findings: Finding[] } {
  const read = comments.map((comment) => ({ comment, match: FORM.exec(comment.text) }));
  const waivers = read.flatMap(({ comment, match }) => (match && isDay(match[2]) ? waiversOf(comment, match, findings) : []));
  const broken = read.filter(({ match }) => !match || !isDay(match[2]));
  return { waivers, findings: broken.map(({ comment }) => malformed(comment)) };
}

/** One for each path in that line; one that covers nothing where there is none, so that it is told. */
function waiversOf({ place, about }: Comment, match: RegExpExecArray, findings: readonly Finding[]): Waiver[] {
  const [, rule = "", until = "", owner = "", reason = ""] = match;
  const covered = findings.filter((finding) => finding.rule === rule && isAt(finding.place, place.file, about));
  const paths = [...new Set(covered.map(({ path }) => path))];
  const where = paths.length > 0 ? paths : [`line ${about}`];
  return where.map((at) => ({ rule, until, owner: owner.trim(), reason: reason.trim(), at, place, path: "" }));
}

function isAt(place: Place | undefined, file: string, line: number): boolean {
  return place?.file === file && place.line === line;
}

function isDay(text: string | undefined): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(String(text));
}

function malformed({ place }: Comment): Finding {
  const message = "this comment is no waiver";
  const expected = "waive <rule> until <YYYY-MM-DD> owner <who>: <reason>";
  return found(waiverMalformed, { place, message, expected, repair: waiverMalformed.repair });
}
