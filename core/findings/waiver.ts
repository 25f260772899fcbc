import { compareFindings, type Finding, type Place } from "./finding";
import { found, type Rule } from "./rule";

/** A user's word that a finding is known and accepted for a while. */
export interface Waiver {
  /** The rule's id. */
  readonly rule: string;
  /** The path it holds for, and all below it; absent: everywhere. */
  readonly at?: string;
  readonly owner: string;
  readonly reason: string;
  /** Last day on which it holds, `YYYY-MM-DD`. */
  readonly until: string;
  /** Where the waiver itself was written. */
  readonly place?: Place;
  /** The path of the waiver itself. */
  readonly path: string;
}

export const WAIVER_RULES = {
  expired: {
    id: "waiver-expired",
    severity: "error",
    waivable: false,
    summary: "a waiver has ended",
    why: "The finding that it covered counts again. An end date is what keeps an exception from becoming the rule.",
    repair: "mend the finding, or have the owner set a new date",
  },
  unused: {
    id: "waiver-unused",
    severity: "warning",
    waivable: false,
    summary: "a waiver covers nothing",
    why: "What it was for is mended, or its rule or path is misspelt. Left in place it would hide the next finding.",
    repair: "remove it, or correct `rule` and `at`",
  },
} as const satisfies Record<string, Rule>;

/**
 * Marks the findings that a waiver covers, and adds those about the waivers themselves.
 *
 * @param unwaivable ids of rules that no waiver can cover
 * @param today `YYYY-MM-DD`
 */
export function applyWaivers(
  findings: readonly Finding[],
  waivers: readonly Waiver[],
  unwaivable: ReadonlySet<string>,
  today: string,
): Finding[] {
  const used = new Set<Waiver>();
  const covers = (waiver: Waiver, finding: Finding): boolean =>
    waiver.rule === finding.rule && !unwaivable.has(finding.rule) && isWithin(finding.path, waiver.at);
  const marked = findings.map((finding) => {
    const covering = waivers.filter((waiver) => covers(waiver, finding));
    for (const waiver of covering) used.add(waiver);
    const holding = covering.find((waiver) => waiver.until >= today);
    return holding ? { ...finding, waiver: { owner: holding.owner, reason: holding.reason, until: holding.until } } : finding;
  });
  const about = waivers.flatMap((waiver) => findingsAbout(waiver, used.has(waiver), today));
  return [...marked, ...about].sort(compareFindings);
}

function findingsAbout(waiver: Waiver, isUsed: boolean, today: string): Finding[] {
  const where = { path: waiver.path, ...(waiver.place && { place: waiver.place }) };
  if (!isUsed) {
    const at = waiver.at === undefined ? "" : ` at ${waiver.at}`;
    const message = `this waiver covers nothing: there is no waivable finding of ${waiver.rule}${at}`;
    return [found(WAIVER_RULES.unused, { ...where, message, repair: WAIVER_RULES.unused.repair })];
  }
  if (waiver.until >= today) return [];
  const message = `the waiver of ${waiver.rule} ended on ${waiver.until}`;
  return [found(WAIVER_RULES.expired, { ...where, message, repair: `mend the finding, or have ${waiver.owner} set a new date` })];
}

function isWithin(path: string, at: string | undefined): boolean {
  if (at === undefined || path === at) return true;
  return path.startsWith(at) && /^[.[]/.test(path.slice(at.length));
}
