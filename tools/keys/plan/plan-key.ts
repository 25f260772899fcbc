import type { DesiredKey, Json } from "../../../core/keys";
import type { Action, Body, Note, PlanOptions } from "./action";
import type { CurrentObject } from "./current";
import { destinationOf, durationUntil, expiryOf, newGeneration } from "./key-body";
import { arrangeGenerations, type Generation, type KeyGenerations } from "./key-generations";
import { MARK, type Mark, metadataOf } from "./mark";
import { difference, type Step } from "./plan-object";

/** LiteLLM counts a key's end from when it handles the request; a difference of less says nothing. */
const TOLERANCE = 3_600_000;

/** What is known of one key: its generations, and what stands in its way. */
export interface KeyFacts {
  readonly generations: readonly Generation[];
  /** The next generation's number whose alias nobody has. */
  readonly next: number;
  /** A key that is nobody's, with the logical name as its alias or the hash that the file gives. */
  readonly stranger?: CurrentObject;
}

/** Brings one key to what the file says. */
export function planKey(key: DesiredKey, facts: KeyFacts, options: PlanOptions): Step {
  const arranged = arrangeGenerations(facts.generations);
  if (key.existing !== undefined) return planExisting(key, arranged.live, facts.stranger, options);
  const healed = arranged.unsure.map((generation) => heal(key, generation, options));
  const settled = arrangeGenerations([
    ...(arranged.live ? [arranged.live] : []),
    ...arranged.old,
    ...healed.flatMap(({ confirmed }) => confirmed ?? []),
  ]);
  const healing = healed.map(({ action }) => action);
  const { live } = settled;
  if (!live) return { actions: [...first(key, facts, options), ...healing], notes: expired(key, options) };
  const replaced = rotate(key, live, facts.next, options);
  const changed = replaced ? NOTHING : update(key, live, options);
  const ended = retire(key, settled, options, replaced !== undefined && options.rotateNow?.has(key.name) === true);
  return {
    actions: [...healing, ...(replaced ?? changed.actions), ...ended],
    notes: [...changed.notes, ...expired(key, options)],
  };
}

const NOTHING: Step = { actions: [], notes: [] };

/** A generation in doubt: its destination holds it, or nobody ever will. */
function heal(key: DesiredKey, generation: Generation, { held }: PlanOptions): { action: Action; confirmed?: Generation } {
  const { row, mark } = generation;
  const common = { kind: "key", name: key.name, id: row.id } as const;
  if (held?.get(key.name) !== row.id) return { action: { ...common, verb: "delete", why: "was made and never delivered" } };
  const delivered: Mark = { ...mark, delivered: true };
  const metadata = { ...metadataOf(row), [MARK]: delivered };
  const confirmed = { ...generation, mark: delivered, delivered: true, row: { ...row, fields: { ...row.fields, metadata } } };
  return { action: { ...common, verb: "confirm", body: { metadata }, changes: [], why: "a former run delivered it" }, confirmed };
}

function first(key: DesiredKey, { next, stranger }: KeyFacts, options: PlanOptions): Action[] {
  if (stranger && key.adopt) return [adopt(key, stranger, options)];
  if (isOver(key, options.now) || !key.delivery) return [];
  const made = newGeneration(key, { generation: next, owner: options.owner, now: options.now });
  return [{ verb: "issue", kind: "key", name: key.name, generation: next, delivery: key.delivery, ...made, why: "in the file" }];
}

/** A new value, when it is time, when the destination changed, or when somebody said so. */
function rotate(key: DesiredKey, live: Generation, next: number, options: PlanOptions): Action[] | undefined {
  const { delivery, name } = key;
  if (!delivery || options.policy === "create-only" || isOver(key, options.now)) return undefined;
  const why = reasonToRotate(key, live, options);
  if (why === undefined) return undefined;
  const overlap = key.lifetime.kind === "rotating" ? key.lifetime.overlap : DEFAULT_OVERLAP;
  const previousUntil = options.now + (options.rotateNow?.has(name) ? 0 : overlap);
  const made = newGeneration(key, { generation: next, owner: options.owner, now: options.now, previousUntil });
  const until = `the old one is valid until ${new Date(previousUntil).toISOString().slice(0, 10)}`;
  const action: Action = { verb: "rotate", kind: "key", name, generation: next, delivery, ...made, why: `${why}, ${until}` };
  return [action];
}

/** For keys that do not rotate by themselves. */
const DEFAULT_OVERLAP = 14 * 86_400_000;

function reasonToRotate(key: DesiredKey, { mark, isBlocked }: Generation, options: PlanOptions): string | undefined {
  if (options.rotateNow?.has(key.name)) return "asked for";
  if (mark.blocked !== undefined && isBlocked) return undefined;
  if (mark.to !== undefined && mark.to !== destinationOf(key)) return "its destination changed";
  const { lifetime } = key;
  if (lifetime.kind === "rotating" && options.now >= Date.parse(mark.made ?? "") + lifetime.every) return "it is time";
  return undefined;
}

function update(key: DesiredKey, { row, mark }: Generation, options: PlanOptions): Step {
  if (options.policy === "create-only") return NOTHING;
  const back = mark.blocked !== undefined;
  const { body, changes, byHand, notes } = difference(key, row, options.owner);
  const end = movedEnd(key, row, mark, options.now);
  if (changes.length === 0 && end === undefined && !back) return { actions: [], notes };
  const sent: Body = {
    ...body,
    ...(back && { metadata: unblockedMetadata(body) }),
    ...(end !== undefined && { duration: durationUntil(end, options.now) }),
  };
  const all = end === undefined ? changes : [...changes, { field: "expires", from: row.fields.expires ?? null, to: iso(end) }];
  const why = back ? "back in the file" : byHand ? "changed by hand" : "changed in the file";
  const common = { verb: "update", kind: "key", name: key.name, id: row.id } as const;
  return { actions: [{ ...common, body: sent, changes: all, byHand: byHand && !back, why }], notes };
}

/** When the key is to end, where the gateway says otherwise. */
function movedEnd(key: DesiredKey, { fields }: CurrentObject, { made }: Mark, now: number): number | undefined {
  const end = expiryOf(key, Date.parse(made ?? "") || now);
  const current = Date.parse(String(fields.expires ?? ""));
  const isRight = Math.abs(end - current) <= TOLERANCE;
  return isRight || end <= now ? undefined : end;
}

function iso(time: number): string {
  return new Date(time).toISOString();
}

function unblockedMetadata({ metadata }: Body): Json {
  const { [MARK]: mark, ...rest } = metadata as Record<string, Json>;
  const { blocked: _since, ...unblocked } = mark as Record<string, Json>;
  return { ...rest, [MARK]: unblocked };
}

/** Ends generations that were replaced: blocked when their overlap is over, deleted when that has been long enough. */
function retire(key: DesiredKey, { live, old }: KeyGenerations, options: PlanOptions, atOnce: boolean): Action[] {
  if (options.policy === "create-only" || !live) return [];
  const replaced = old.flatMap((generation) =>
    end(generation, atOnce ? 0 : validUntil(key, generation, [live, ...old]), options, "replaced"),
  );
  return atOnce ? [...end(live, 0, options, "replaced at once"), ...replaced] : replaced;
}

/** The earliest end that a newer generation set for it. */
function validUntil(key: DesiredKey, { number }: Generation, all: readonly Generation[]): number {
  const overlap = key.lifetime.kind === "rotating" ? key.lifetime.overlap : DEFAULT_OVERLAP;
  const ends = all
    .filter((other) => other.number > number)
    .map(({ mark }) => Date.parse(mark.previousUntil ?? "") || Date.parse(mark.made ?? "") + overlap);
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
    const deleted = new Date(options.now + options.deleteAfter).toISOString().slice(0, 10);
    const changes = [{ field: "blocked", from: row.fields.blocked ?? null, to: true }];
    return [
      { ...common, verb: "block", body: { blocked: true, metadata }, changes, why: `${why}: block now, delete ${deleted}` },
    ];
  }
  if (options.now < Date.parse(mark.blocked) + options.deleteAfter) return [];
  return [{ ...common, verb: "delete", why: `blocked since ${mark.blocked.slice(0, 10)}` }];
}

function planExisting(
  key: DesiredKey,
  live: Generation | undefined,
  stranger: CurrentObject | undefined,
  options: PlanOptions,
): Step {
  if (live) {
    const { actions, notes } = update(key, live, options);
    return { actions, notes: [...notes, ...expired(key, options)] };
  }
  const note = (message: string): Step => ({ actions: [], notes: [{ kind: "key", name: key.name, message, problem: true }] });
  if (!stranger) return note("the gateway has no key with this hash; make it there first");
  return key.adopt
    ? { actions: [adopt(key, stranger, options)], notes: [] }
    : note("is nobody's: write adopt: true to take it over");
}

function adopt(key: DesiredKey, row: CurrentObject, options: PlanOptions): Action {
  const { body, changes } = difference(key, row, options.owner);
  const metadata = body.metadata as Record<string, Json>;
  const to = destinationOf(key);
  const made = typeof row.fields.created_at === "string" ? row.fields.created_at : new Date(options.now).toISOString();
  const mark = {
    ...(metadata[MARK] as Record<string, Json>),
    generation: 1,
    delivered: true,
    made,
    ...(to !== undefined && { to }),
  };
  const duration = durationUntil(expiryOf(key, Date.parse(made)), options.now);
  const sent = { ...body, duration, metadata: { ...metadata, [MARK]: mark } };
  return { verb: "adopt", kind: "key", name: key.name, id: row.id, body: sent, changes, why: "was nobody's" };
}

function isOver({ lifetime }: DesiredKey, now: number): boolean {
  return lifetime.kind === "fixed" && lifetime.expires <= now;
}

function expired(key: DesiredKey, options: PlanOptions): Note[] {
  return isOver(key, options.now)
    ? [{ kind: "key", name: key.name, message: "its last day is over: no value is made", problem: false }]
    : [];
}
