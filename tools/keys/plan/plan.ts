import { type Delivery, type Desired, type DesiredKey, KINDS } from "../../../core/keys";
import type { Action, Note, Plan, PlanOptions } from "./action";
import type { Current, CurrentObject } from "./current";
import { end } from "./end-key";
import { type Generation, generationsByName } from "./key-generations";
import { markIn, metadataOf } from "./mark";
import { needsOf } from "./needs";
import { nameOf, ownershipOf } from "./ownership";
import { planKey } from "./plan-key";
import { planObject, type Step } from "./plan-object";

/**
 * What a run would do to bring a gateway to what the files say; in an incident, to the named keys alone. Pure: the same input
 * gives the same plan.
 */
export function makePlan(desired: Desired, current: Current, options: PlanOptions): Plan {
  const { rotateNow } = options;
  return rotateNow && rotateNow.size > 0
    ? planIncident(desired, current, options, rotateNow)
    : planAll(desired, current, options);
}

/** New values for some keys. Whatever else the files say waits for the next apply. */
function planIncident({ keys }: Desired, current: Current, options: PlanOptions, names: ReadonlySet<string>): Plan {
  const there = new Set(current.objects.map(({ kind, id }) => `${kind} ${id}`));
  const named = keys.filter(({ name }) => names.has(name));
  const generations = generationsByName(current.keys, options.owner);
  return planOf(
    current,
    options,
    planKeys(named, current.keys, generations, options).map((step) => withoutNeedy(step, there)),
  );
}

/** Leaves out keys for something that is not there yet, and says so. */
function withoutNeedy({ actions, notes }: Step, there: ReadonlySet<string>): Step {
  const missing = actions
    .flatMap((action) => (action.verb === "issue" || action.verb === "rotate" ? needsOf(action.body) : []))
    .find(({ kind, id }) => !there.has(`${kind} ${id}`));
  const [action] = actions;
  if (!missing || !action) return { actions, notes };
  const message = `${missing.kind} ${missing.id} is not in the gateway yet: run keys apply`;
  return { actions: [], notes: [...notes, { kind: "key", name: action.name, message, problem: true }] };
}

function planAll(desired: Desired, current: Current, options: PlanOptions): Plan {
  const existing = new Map(current.objects.map((object) => [`${object.kind} ${object.id}`, object]));
  const objects = desired.objects.map((wanted) => planObject(wanted, existing.get(`${wanted.kind} ${wanted.id}`), options));
  const generations = generationsByName(current.keys, options.owner);
  const keys = planKeys(desired.keys, current.keys, generations, options);
  const gone = removedKeys(desired, generations, options);
  const deleted = new Set(
    [...keys.flatMap(({ actions }) => actions), ...gone].flatMap((action) => (action.verb === "delete" ? [action.id] : [])),
  );
  const removed = removedObjects(desired, current, deleted, options);
  return planOf(current, options, [...objects, ...keys], [{ actions: gone, notes: [] }, removed]);
}

/** @param steps what is to be done with each thing of the files @param more what is to be done with others */
function planOf(current: Current, options: PlanOptions, steps: readonly Step[], more: readonly Step[] = []): Plan {
  const all = [...steps, ...more];
  return {
    actions: inOrder(all.flatMap(({ actions }) => actions)),
    notes: all.flatMap(({ notes }) => notes),
    unchanged: steps.filter(({ actions, notes }) => actions.length === 0 && notes.length === 0).length,
    foreign: [...current.objects, ...current.keys].filter((object) => ownershipOf(object, options.owner) !== "ours").length,
  };
}

/** A key whose destination is asked what it holds before a plan is made. */
export interface Question {
  readonly name: string;
  readonly delivery: Delivery;
  /** Token ids that the key has in the gateway. */
  readonly tokenIds: readonly string[];
}

/**
 * The destinations that a plan needs to know about: of keys that have a generation of which it is not known whether it was
 * delivered, and of all that are files. To look at a file costs nothing; a cluster or a cloud would be asked key by key.
 *
 * @param all of those too
 */
export function keysToAskFor({ keys }: Desired, current: Current, owner: string, all: boolean): Question[] {
  const generations = generationsByName(current.keys, owner);
  return keys.flatMap(({ name, delivery }) => {
    const own = generations.get(name) ?? [];
    if (!delivery || !(all || "file" in delivery || own.some(({ delivered }) => !delivered))) return [];
    return [{ name, delivery, tokenIds: own.map(({ row }) => row.id) }];
  });
}

function planKeys(
  keys: readonly DesiredKey[],
  rows: readonly CurrentObject[],
  ours: Map<string, Generation[]>,
  options: PlanOptions,
): Step[] {
  const aliases = new Map(rows.map((row) => [String(row.fields.key_alias ?? ""), row]));
  const byId = new Map(rows.map((row) => [row.id, row]));
  return keys.map((key) => {
    const generations = ours.get(key.name) ?? [];
    const found = key.existing === undefined ? aliases.get(key.name) : byId.get(key.existing);
    const stranger = found && markIn(found) === undefined ? found : undefined;
    return planKey(
      key,
      { generations, next: nextNumber(key.name, generations, aliases), ...(stranger && { stranger }) },
      options,
    );
  });
}

function nextNumber(name: string, generations: readonly Generation[], aliases: ReadonlyMap<string, unknown>): number {
  let number = Math.max(0, ...generations.map((generation) => generation.number)) + 1;
  while (aliases.has(`${name}.g${number}`)) number += 1;
  return number;
}

/** Keys of ours that no file names any more. */
function removedKeys({ keys }: Desired, ours: Map<string, Generation[]>, options: PlanOptions): Action[] {
  if (options.policy !== "sync") return [];
  const wanted = new Set(keys.map(({ name }) => name));
  return [...ours].flatMap(([name, generations]) =>
    wanted.has(name) ? [] : generations.flatMap((one) => endRemoved(one, options)),
  );
}

function endRemoved(generation: Generation, options: PlanOptions): Action[] {
  const { row, mark, delivered } = generation;
  if (!delivered) return [{ verb: "delete", kind: "key", name: mark.name, id: row.id, why: "was made and never delivered" }];
  return end(generation, options.now, options, "not in the file");
}

/** Things of ours that no file names any more. LiteLLM deletes the keys of a team or user with it, so those wait. */
function removedObjects(desired: Desired, current: Current, deleted: ReadonlySet<string>, options: PlanOptions): Step {
  if (options.policy !== "sync") return { actions: [], notes: [] };
  const wanted = new Set(desired.objects.map(({ kind, id }) => `${kind} ${id}`));
  const left = current.objects.filter(
    (object) => !wanted.has(`${object.kind} ${object.id}`) && ownershipOf(object, options.owner) === "ours",
  );
  const inUse = usedBy(current, deleted);
  const actions: Action[] = [];
  const notes: Note[] = [];
  for (const object of left) {
    const { kind, id, fields } = object;
    const users = inUse.get(`${kind} ${id}`) ?? 0;
    const common = { kind, name: nameOf(object), id } as const;
    if (kind === "customer") {
      // A customer has no place for a date, and its row holds what it spent: it stays blocked.
      if (fields.blocked === true) continue;
      actions.push({
        ...common,
        verb: "block",
        body: { blocked: true },
        changes: [{ field: "blocked", from: false, to: true }],
        why: "not in the file: stays blocked",
      });
    } else if (users > 0) {
      notes.push({
        kind,
        name: nameOf(object),
        message: `not in the file; stays until nothing uses it: ${users} ${users === 1 ? "does" : "do"}`,
        problem: false,
      });
    } else actions.push({ ...common, verb: "delete", why: "not in the file" });
  }
  return { actions, notes };
}

/** How many things name a team, user or budget. */
function usedBy({ objects, keys }: Current, deleted: ReadonlySet<string>): Map<string, number> {
  const uses = new Map<string, number>();
  const count = (kind: string, id: unknown): void => {
    if (typeof id === "string") uses.set(`${kind} ${id}`, (uses.get(`${kind} ${id}`) ?? 0) + 1);
  };
  for (const { id, fields } of keys) {
    if (deleted.has(id)) continue;
    count("team", fields.team_id);
    count("user", fields.user_id);
    count("budget", fields.budget_id);
  }
  for (const object of objects) {
    if (object.kind === "budget") continue;
    count("budget", object.fields.budget_id);
    count("budget", metadataOf(object).team_member_budget_id);
  }
  return uses;
}

/** What others need comes first; what others needed goes last; values reach consumers before old ones end. */
function inOrder(actions: readonly Action[]): Action[] {
  const stage = ({ verb, kind }: Action): number => {
    const at = KINDS.indexOf(kind);
    if (verb === "delete") return 300 - at;
    return verb === "block" ? 200 + at : at;
  };
  return [...actions].sort((a, b) => stage(a) - stage(b) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}
