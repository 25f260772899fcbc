import type { Desired } from "../../../core/keys";
import type { Action, Note, PlanOptions } from "./action";
import type { Current } from "./current";
import { end } from "./end-key";
import type { Generation } from "./key-generations";
import { metadataOf } from "./mark";
import { nameOf, ownershipOf } from "./ownership";
import type { Step } from "./plan-object";

/** Keys of ours that no file names any more. */
export function removedKeys({ keys }: Desired, ours: Map<string, Generation[]>, options: PlanOptions): Action[] {
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
export function removedObjects(desired: Desired, current: Current, deleted: ReadonlySet<string>, options: PlanOptions): Step {
  if (options.policy !== "sync") return { actions: [], notes: [] };
  const wanted = new Set(desired.objects.map(({ kind, id }) => `${kind} ${id}`));
  const left = current.objects.filter(
    (object) => !wanted.has(`${object.kind} ${object.id}`) && ownershipOf(object, options.owner) === "ours",
  );
  if (left.length === 0) return { actions: [], notes: [] };
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
