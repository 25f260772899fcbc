import type { DesiredKey, Json } from "../../../core/keys";
import type { Action, Body, Note, PlanOptions } from "./action";
import type { CurrentObject } from "./current";
import { end, endOver, isOver, isSameEnd, overlapOf, retire } from "./end-key";
import { destinationOf, durationUntil, expiryOf, hasDestination, NewGeneration } from "./key-body";
import { arrangeGenerations, type Generation, type KeyGenerations } from "./key-generations";
import { LAST_GENERATION, MARK, type Mark, metadataOf } from "./mark";
import { Difference, type Step } from "./plan-object";
import { timeOf } from "./time-of";

/** What is known of one key: its generations, and what stands in its way. */
export interface KeyFacts {
  readonly generations: readonly Generation[];
  /** The next generation's number whose alias nobody has. */
  next(): number;
  /** A key that is nobody's, with the logical name as its alias or the hash that the file gives. */
  readonly stranger?: CurrentObject;
}

/** Brings one key to what the file says. */
export function planKey(key: DesiredKey, facts: KeyFacts, options: PlanOptions): Step {
  if (facts.generations.some(({ number }) => number === LAST_GENERATION))
    return { actions: [], notes: [problem(key, NO_NUMBER_LEFT)] };
  return key.existing === undefined ? planDelivered(key, facts, options) : planExisting(key, facts, options);
}

/** A key whose value is made here and brought to its destination. */
function planDelivered(key: DesiredKey, facts: KeyFacts, options: PlanOptions): Step {
  const arranged = arrangeGenerations(facts.generations);
  const trouble = options.held?.get(key.name)?.trouble;
  // What its destination holds cannot be told, so nothing that depends on it is done.
  const healed = trouble === undefined ? arranged.unsure.map((generation) => heal(key, generation, options)) : [];
  const confirmed = healed.flatMap((each) => each.confirmed ?? []);
  const settled = confirmed.length === 0 ? arranged : withConfirmed(arranged, confirmed);
  const healing = healed.map(({ action }) => action);
  const { live } = settled;
  if (isOver(key, options.now)) {
    const { actions, notes } = endOver(key, [...(live ? [live] : []), ...settled.old], options);
    return { actions: [...healing, ...actions], notes };
  }
  const waits = trouble === undefined ? [] : [problem(key, trouble)];
  if (!live) return { actions: [...(trouble === undefined ? first(key, facts, options) : []), ...healing], notes: waits };
  const replaced = trouble === undefined ? rotate(key, live, facts, options) : undefined;
  const changed = replaced ? NOTHING : update(key, live, options);
  const ended = retire(key, settled, options, replaced !== undefined && options.rotateNow?.has(key.name) === true);
  return {
    actions: [...healing, ...(replaced ?? changed.actions), ...ended],
    notes: [...changed.notes, ...waits, ...(replaced ? [] : lost(key, live, options))],
  };
}

/** Behind it, a mark could not be read, and each run would make another key. */
const NO_NUMBER_LEFT = `somebody gave a key of the gateway our mark with generation ${LAST_GENERATION}, the last one: delete that key there`;

const NOTHING: Step = { actions: [], notes: [] };

function withConfirmed({ live, old }: KeyGenerations, confirmed: readonly Generation[]): KeyGenerations {
  return arrangeGenerations([...(live ? [live] : []), ...old, ...confirmed]);
}

/** A generation in doubt: its destination holds it, or nobody ever will. */
function heal(key: DesiredKey, generation: Generation, { held }: PlanOptions): { action: Action; confirmed?: Generation } {
  const { row, mark } = generation;
  const common = { kind: "key", name: key.name, id: row.id } as const;
  if (held?.get(key.name)?.tokenId !== row.id)
    return { action: { ...common, verb: "delete", why: "was made and never delivered" } };
  const delivered: Mark = { ...mark, delivered: true };
  const metadata = { ...metadataOf(row), [MARK]: delivered };
  const confirmed = { ...generation, mark: delivered, delivered: true, row: { ...row, fields: { ...row.fields, metadata } } };
  return { action: { ...common, verb: "confirm", body: { metadata }, changes: [], why: "a former run delivered it" }, confirmed };
}

function problem({ name }: DesiredKey, message: string): Note {
  return { kind: "key", name, message, problem: true };
}

function first(key: DesiredKey, { generations, next, stranger }: KeyFacts, options: PlanOptions): Action[] {
  if (stranger && key.adopt) return [adopt(key, stranger, options)];
  if (!hasDestination(key)) return [];
  const making = { generation: next(), tokenIds: generations.map(({ row }) => row.id), owner: options.owner, now: options.now };
  return [new NewGeneration("issue", key, making, "in the file")];
}

/** A new value, when it is time, when the destination changed or lost the old one, or when somebody said so. */
function rotate(key: DesiredKey, live: Generation, { generations, next }: KeyFacts, options: PlanOptions): Action[] | undefined {
  const { owner, now, policy, rotateNow } = options;
  if (!hasDestination(key) || policy === "create-only") return undefined;
  const why = reasonToRotate(key, live, options);
  if (why === undefined) return undefined;
  const atOnce = rotateNow?.has(key.name) === true;
  const previousUntil = now + (atOnce ? 0 : overlapOf(key));
  const until = atOnce ? "the old one is blocked at once" : `the old one is valid until ${iso(previousUntil).slice(0, 10)}`;
  const making = { generation: next(), tokenIds: generations.map(({ row }) => row.id), owner, now, previousUntil };
  return [new NewGeneration("rotate", key, making, `${why}, ${until}`)];
}

function reasonToRotate(key: DesiredKey, live: Generation, options: PlanOptions): string | undefined {
  const { mark, isBlocked } = live;
  if (options.rotateNow?.has(key.name)) return "asked for";
  // A new value for a key that somebody blocked would let in whom they shut out.
  if (isBlocked) return undefined;
  // Without one it was known by its hash, and never delivered.
  if (mark.to !== destinationOf(key)) return "its destination changed";
  if (isLost(key, live, options)) return LOST;
  const { lifetime } = key;
  if (lifetime.kind === "rotating" && options.now >= Date.parse(mark.made ?? "") + lifetime.every) return "it is time";
  return undefined;
}

const LOST = "its destination does not hold it";

/** Whether the destination was asked, and holds another value or none: a consumer that starts now has no valid key. */
function isLost({ name }: DesiredKey, { row, isBlocked }: Generation, { held }: PlanOptions): boolean {
  const there = held?.get(name);
  return there !== undefined && there.trouble === undefined && there.tokenId !== row.id && !isBlocked;
}

/** What is said where a lost value is not replaced. */
function lost(key: DesiredKey, live: Generation, options: PlanOptions): Note[] {
  return isLost(key, live, options) ? [problem(key, `${LOST}, and ${options.policy} makes no new value`)] : [];
}

function update(key: DesiredKey, { row, mark }: Generation, options: PlanOptions): Step {
  if (options.policy === "create-only") return NOTHING;
  const back = mark.blocked !== undefined;
  const found = new Difference(key, row, options.owner);
  const { changes, notes } = found;
  const end = movedEnd(key, row, mark, options.now);
  if (changes.length === 0 && end === undefined && !back) return { actions: [], notes };
  const [body, byHand] = [found.body(), found.byHand()];
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
  return isSameEnd(end, timeOf(fields.expires)) || end <= now ? undefined : end;
}

function iso(time: number): string {
  return new Date(time).toISOString();
}

function unblockedMetadata({ metadata }: Body): Json {
  const { [MARK]: mark, ...rest } = metadata as Record<string, Json>;
  const { blocked: _since, ...unblocked } = mark as Record<string, Json>;
  return { ...rest, [MARK]: unblocked };
}

/** A key whose value somebody else made. One that the file gave the name to before is ended when this one is there. */
function planExisting(key: DesiredKey, { generations, stranger }: KeyFacts, options: PlanOptions): Step {
  const live = generations.find(({ row }) => row.id === key.existing);
  const former = options.policy === "create-only" ? [] : generations.filter((generation) => generation !== live);
  const ended = former.flatMap((generation) => end(generation, 0, options, "the file gives another hash"));
  if (live) {
    const { actions, notes } = isOver(key, options.now) ? endOver(key, [live], options) : update(key, live, options);
    return { actions: [...actions, ...ended], notes };
  }
  if (stranger && key.adopt) return { actions: [adopt(key, stranger, options), ...ended], notes: [] };
  const message = stranger
    ? "is nobody's: write adopt: true to take it over"
    : "the gateway has no key with this hash; make it there first";
  return { actions: [], notes: [problem(key, message)] };
}

/** A value that is older than its rotation allows is due now, and lives on until its successor has spread. */
function endOfAdopted(key: DesiredKey, made: number, now: number): number {
  return expiryOf(key, key.lifetime.kind === "rotating" ? Math.max(made, now - key.lifetime.every) : made);
}

function adopt(key: DesiredKey, row: CurrentObject, options: PlanOptions): Action {
  const found = new Difference(key, row, options.owner);
  const body = found.body();
  const metadata = body.metadata as Record<string, Json>;
  const to = destinationOf(key);
  const made = iso(timeOf(row.fields.created_at) || options.now);
  const mark = {
    ...(metadata[MARK] as Record<string, Json>),
    generation: 1,
    delivered: true,
    made,
    ...(to !== undefined && { to }),
  };
  const duration = durationUntil(endOfAdopted(key, Date.parse(made), options.now), options.now);
  const sent = { ...body, duration, metadata: { ...metadata, [MARK]: mark } };
  return { verb: "adopt", kind: "key", name: key.name, id: row.id, body: sent, changes: found.changes, why: "was nobody's" };
}
