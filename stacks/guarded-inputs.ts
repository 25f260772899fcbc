/** A name of the environment file. */
type InputPath = readonly string[];

/** The names by which an environment file takes a guard off, by the guardrail that notices. */
const SWITCHES: Readonly<Record<string, InputPath>> = {
  "guard-cache-single-zone": ["aws", "cache", "unsafeSingleNode"],
  "guard-database-short-backups": ["aws", "database", "backupDays"],
  "guard-database-single-zone": ["aws", "database", "unsafeSingleZone"],
  "guard-database-without-deletion-protection": ["aws", "unsafeWithoutDeletionProtection"],
  "guard-database-without-final-snapshot": ["aws", "database", "unsafeWithoutFinalSnapshot"],
  "guard-destroyable": ["aws", "unsafeWithoutDeletionProtection"],
};

/**
 * Where the cause of a finding may stand, the likeliest first: the name that takes the guard off, else what the resource was
 * made from.
 *
 * @param madeFrom absent for the stack as a whole
 */
export function inputsBehind(rule: string, madeFrom: readonly string[] | undefined): InputPath[] {
  const own = SWITCHES[rule];
  const blocks = madeFrom?.map((path) => path.split(".")) ?? [["state"]];
  return [...(own ? [own] : []), ...blocks, ["aws"], ["target"]];
}

/** The name of the environment file that brings about what `rule` finds, if there is one. */
export function switchBehind(rule: string): InputPath | undefined {
  return SWITCHES[rule];
}
