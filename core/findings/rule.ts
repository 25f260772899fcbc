import type { Finding, Place, Severity } from "./finding";

/** What a rule is and why it exists: the text of `docs/errors.md`. */
export interface Rule {
  /** Kebab-case; contract: waivers and CI filters name it. */
  readonly id: string;
  readonly severity: Severity;
  /** One line: what is wrong. */
  readonly summary: string;
  /** What happens to those who ignore it, with the source of the fact where it is LiteLLM's. */
  readonly why: string;
  /** What to do about it, in general; a finding says it for the case at hand. */
  readonly repair: string;
  /** False where accepting the finding makes no sense, such as a file that cannot be read. Default true. */
  readonly waivable?: boolean;
}

/** The case at hand: everything of a finding that its rule does not say. */
export interface Occurrence {
  readonly place?: Place;
  readonly path?: string;
  readonly message: string;
  readonly got?: string;
  readonly expected?: string;
  readonly repair?: string;
}

/** A finding of `rule`. Properties that are undefined are left out, so that JSON and equality stay plain. */
export function found(rule: Rule, occurrence: Occurrence): Finding {
  const { place, path, message, got, expected, repair } = occurrence;
  return {
    rule: rule.id,
    severity: rule.severity,
    ...(place && { place }),
    path: path ?? "",
    message,
    ...(got !== undefined && { got }),
    ...(expected !== undefined && { expected }),
    ...(repair !== undefined && { repair }),
  };
}
