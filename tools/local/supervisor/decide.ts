import type { WantedPart } from "./wanted";

/** What there is of a part. Times: milliseconds. */
export interface ObservedPart {
  readonly name: string;
  /** Of the wanted part that it was started from. */
  readonly hash: string;
  readonly after: readonly string[];
  /** Its first process runs. */
  readonly leader: boolean;
  /** Any process of its group runs. */
  readonly group: boolean;
  /** It answers. */
  readonly ready: boolean;
  readonly stoppingSince?: number;
  readonly endedAt?: number;
  readonly failures: number;
}

/** One step towards the wanted state. */
export interface Action {
  /** `stop` asks a part to end, `kill` ends its whole group, `forget` drops what is remembered of it. */
  readonly kind: "start" | "stop" | "kill" | "forget";
  readonly part: string;
}

/** How long a part may take to end when asked, in milliseconds. */
export const STOP_GRACE = 15_000;
/** How long a part has to answer until earlier failures are forgotten, in milliseconds. */
export const HEALTHY_AFTER = 60_000;
const LONGEST_WAIT = 30_000;

/** The next steps from what there is to what is wanted; called again and again, it needs no memory of its own. */
export function decide(wanted: readonly WantedPart[], observed: readonly ObservedPart[], now: number): Action[] {
  const outdated = outdatedParts(wanted, observed);
  const ending = observed.filter((part) => part.group && (!part.leader || outdated.has(part.name)));
  const gone = observed.filter((part) => !part.group && !wanted.some(({ name }) => name === part.name));
  const startable = wanted.filter((part) => isStartable(part, wanted, observed, now));
  return [
    ...ending.flatMap((part) => endingStep(part, observed, now)),
    ...gone.map(({ name }): Action => ({ kind: "forget", part: name })),
    ...startable.map(({ name }): Action => ({ kind: "start", part: name })),
  ];
}

/** How long to wait after the n-th failure in a row before the next start: 1, 2, 4 ... 30 s, in milliseconds. */
export function backOff(failures: number): number {
  return failures === 0 ? 0 : Math.min(LONGEST_WAIT, 1000 * 2 ** (failures - 1));
}

/** Running parts that are not wanted as they are, and all that were started on top of one. */
function outdatedParts(wanted: readonly WantedPart[], observed: readonly ObservedPart[]): ReadonlySet<string> {
  const running = observed.filter((part) => part.group);
  const outdated = new Set<string>();
  for (const part of running) {
    if (wanted.find(({ name }) => name === part.name)?.hash !== part.hash) outdated.add(part.name);
  }
  let size = -1;
  while (size !== outdated.size) {
    size = outdated.size;
    for (const part of running) if (part.after.some((name) => outdated.has(name))) outdated.add(part.name);
  }
  return outdated;
}

function endingStep(part: ObservedPart, observed: readonly ObservedPart[], now: number): Action[] {
  if (!part.leader) return [{ kind: "kill", part: part.name }];
  const needed = observed.some((other) => other.group && other.after.includes(part.name));
  if (needed) return [];
  if (part.stoppingSince === undefined) return [{ kind: "stop", part: part.name }];
  return now - part.stoppingSince >= STOP_GRACE ? [{ kind: "kill", part: part.name }] : [];
}

function isStartable(part: WantedPart, wanted: readonly WantedPart[], observed: readonly ObservedPart[], now: number): boolean {
  const last = observed.find(({ name }) => name === part.name);
  if (last?.group) return false;
  // A changed part starts at once: its failures were those of the old one.
  const failures = last?.hash === part.hash ? last.failures : 0;
  if (failures > 0 && now < (last?.endedAt ?? 0) + backOff(failures)) return false;
  return part.after.every((name) => {
    const needed = observed.find((other) => other.name === name);
    return needed?.leader && needed.ready && needed.hash === wanted.find((other) => other.name === name)?.hash;
  });
}
