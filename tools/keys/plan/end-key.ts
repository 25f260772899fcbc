import type { DesiredKey } from "../../../core/keys";
import type { Action, PlanOptions } from "./action";
import type { CurrentObject } from "./current";
import type { Generation, KeyGenerations } from "./key-generations";
import { MARK, metadataOf } from "./mark";
import type { Step } from "./plan-object";
import { timeOf } from "./time-of";

/** For keys that do not rotate by themselves. */
const DEFAULT_OVERLAP = 14 * 86_400_000;

/** LiteLLM counts a key's end from when it handles the request; a difference of less says nothing. */
const TOLERANCE = 3_600_000;

/** Whether an end in the gateway is the one that was asked for. Milliseconds since 1970; NaN is none. */
export function isSameEnd(wanted: number, there: number): boolean {
  return Math.abs(wanted - there) <= TOLERANCE;
}

/** How long an old value stays valid after a new one was delivered. Milliseconds. */
export function overlapOf({ lifetime }: DesiredKey): number {
  return lifetime.kind === "rotating" ? lifetime.overlap : DEFAULT_OVERLAP;
}

/** Whether the last day that the file gives a key is over. */
export function isOver({ lifetime }: DesiredKey, now: number): boolean {
  return lifetime.kind === "fixed" && lifetime.expires <= now;
}

/**
 * Ends what the gateway still takes of a key whose last day is over: the day was moved into the past. What LiteLLM ended by
 * itself is left as it is.
 */
export function endOver(key: DesiredKey, generations: readonly Generation[], options: PlanOptions): Step {
  const why = `its last day was ${lastDay(key)}`;
  const note = (message: string): Step => ({ actions: [], notes: [{ kind: "key", name: key.name, message, problem: false }] });
  const taken = generations.filter(({ row }) => isTaken(row, options.now));
  if (options.policy === "create-only" && taken.length > 0) return note(`${why}, and the gateway still takes it`);
  const blocked = generations.filter((generation) => generation.isBlocked && generation.mark.blocked !== undefined);
  const actions = [...taken, ...blocked].flatMap((generation) => end(generation, 0, options, why));
  return actions.length > 0 && options.policy !== "create-only" ? { actions, notes: [] } : note(`${why}: no value is made`);
}

/** Whether a request that is made with this value now is let in. */
export function isTaken({ fields }: CurrentObject, now: number): boolean {
  return fields.blocked !== true && !(timeOf(fields.expires) <= now);
}

function lastDay({ lifetime }: DesiredKey): string {
  return lifetime.kind === "fixed" ? dayOf(lifetime.expires) : "";
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** Ends generations that were replaced: blocked when their overlap is over, deleted when that has been long enough. */
export function retire(key: DesiredKey, { live, old }: KeyGenerations, options: PlanOptions, atOnce: boolean): Action[] {
  if (options.policy === "create-only" || !live) return [];
  const replaced = old.flatMap((generation) =>
    end(generation, atOnce ? 0 : validUntil(key, generation, [live, ...old]), options, "replaced"),
  );
  return atOnce ? [...end(live, 0, options, "replaced at once"), ...replaced] : replaced;
}

/** The earliest end that a newer generation set for it. */
function validUntil(key: DesiredKey, { number }: Generation, all: readonly Generation[]): number {
  const ends = all
    .filter((other) => other.number > number)
    .map(({ mark }) => Date.parse(mark.previousUntil ?? "") || Date.parse(mark.made ?? "") + overlapOf(key));
  // Two of the same number: a race, of which one was taken.
  return ends.length > 0 ? Math.min(...ends) : 0;
}

/** Blocks a generation from `until` on, and deletes it when it has been blocked for long enough. */
export function end({ row, mark, isBlocked }: Generation, until: number, options: PlanOptions, why: string): Action[] {
  const common = { kind: "key", name: `${mark.name}`, id: row.id } as const;
  if (options.now < until) return [];
  if (!isBlocked || mark.blocked === undefined) {
    const since = new Date(options.now).toISOString();
    const metadata = { ...metadataOf(row), [MARK]: { ...mark, blocked: since } };
    const changes = [{ field: "blocked", from: row.fields.blocked ?? null, to: true }];
    const deleted = dayOf(options.now + options.deleteAfter);
    return [
      { ...common, verb: "block", body: { blocked: true, metadata }, changes, why: `${why}: block now, delete ${deleted}` },
    ];
  }
  if (options.now < Date.parse(mark.blocked) + options.deleteAfter) return [];
  return [{ ...common, verb: "delete", why: `blocked since ${mark.blocked.slice(0, 10)}` }];
}
