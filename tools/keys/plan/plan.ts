import { type Desired, type DesiredKey, KINDS } from "../../../core/keys";
import type { Action, Plan, PlanOptions } from "./action";
import type { Current, CurrentObject } from "./current";
import { type Generation, generationsByName } from "./key-generations";
import { markIn } from "./mark";
import { needsOf } from "./needs";
import { ownershipOf } from "./ownership";
import { planKey } from "./plan-key";
import { planObject, type Step } from "./plan-object";
import { removedKeys, removedObjects } from "./removed";

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
      { generations, next: () => nextNumber(key.name, generations, aliases), ...(stranger && { stranger }) },
      options,
    );
  });
}

function nextNumber(name: string, generations: readonly Generation[], aliases: ReadonlyMap<string, unknown>): number {
  let number = Math.max(0, ...generations.map((generation) => generation.number)) + 1;
  while (aliases.has(`${name}.g${number}`)) number += 1;
  return number;
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
