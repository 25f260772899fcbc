import type { DesiredObject, Json } from "../../../core/keys";
import type { Action, Body, Change, Note, PlanOptions } from "./action";
import { fieldChanges, fingerprint, isSame, metadataChanges } from "./compare";
import type { CurrentObject } from "./current";
import { type Mark, markIn, metadataOf, withMark } from "./mark";
import { ownedFields, ownershipOf } from "./ownership";
import { withoutSecrets } from "./shown-value";

/** What is to be done with one thing: nothing, an action, or something to say. */
export interface Step {
  readonly actions: readonly Action[];
  readonly notes: readonly Note[];
}

const NOTHING: Step = { actions: [], notes: [] };

/** Brings one team, user, budget, tag or customer to what the file says. */
export function planObject(wanted: DesiredObject, current: CurrentObject | undefined, options: PlanOptions): Step {
  const { kind, name, id } = wanted;
  if (!current)
    return { actions: [{ verb: "create", kind, name, id, body: firstBody(wanted, options), why: "in the file" }], notes: [] };
  const ownership = ownershipOf(current, options.owner);
  if (ownership === "theirs" || (ownership === "nobody" && !wanted.adopt))
    return { actions: [], notes: [taken(wanted, ownership)] };
  if (options.policy === "create-only") return NOTHING;
  const found = new Difference(wanted, current, options.owner);
  const { changes, notes } = found;
  if (ownership === "ours" && changes.length === 0) return { actions: [], notes };
  const [body, byHand] = [found.body(), found.byHand()];
  const verb = ownership === "nobody" ? "adopt" : "update";
  const why = verb === "adopt" ? "was nobody's" : byHand ? "changed by hand" : "changed in the file";
  return { actions: [{ verb, kind, name, id, body, changes, byHand, why }], notes };
}

/** What has to change so that a thing becomes as wanted. What costs time is made when it is asked for. */
export class Difference {
  readonly changes: readonly Change[];
  /** What differs and stays so. */
  readonly notes: readonly Note[];
  private readonly fields: Body;
  private readonly before: Mark | undefined;
  /** Changes outside of `metadata`, as they are sent. */
  private readonly sent: readonly Change[];

  constructor(
    private readonly wanted: DesiredObject,
    private readonly current: CurrentObject,
    private readonly owner: string,
  ) {
    this.fields = ownedFields(wanted, owner);
    this.before = markIn(current);
    const { kind, name } = wanted;
    const differing = fieldChanges(this.fields, current.fields);
    const kept = differing.flatMap((change) => this.reasonToKeep(change));
    this.notes = kept.map(({ message }) => ({ kind, name, message, problem: false }));
    this.sent = differing.filter(({ field }) => !kept.some((each) => each.field === field));
    this.changes = [...this.sent.map(shown), ...this.metadataChanges()];
  }

  /** What to send. */
  body(): Body {
    const { wanted, fields, before, current, owner } = this;
    const sent = Object.fromEntries(this.sent.map(({ field, to }) => [field, to]));
    if (fields.metadata === undefined) return { ...alwaysSent(wanted, fields), ...sent };
    const mark = { ...withoutNames(before), owner, name: wanted.name, spec: fingerprint(wanted.fields) };
    return { ...sent, metadata: withMark(metadataOf(current), fields.metadata as Body, mark, before) };
  }

  /** Whether the file is as it was when the thing was last written. */
  byHand(): boolean {
    const { metadata } = this.fields;
    return metadata !== undefined && this.before?.spec === fingerprint(this.wanted.fields);
  }

  private metadataChanges(): Change[] {
    const { metadata } = this.fields;
    return metadata === undefined ? [] : metadataChanges(metadata as Body, metadataOf(this.current), this.before?.metadata ?? []);
  }

  private reasonToKeep(change: Change): { field: string; message: string }[] {
    return reasonToKeep(this.wanted, change, () => this.before?.blocked === undefined && this.byHand());
  }
}

function shown({ field, from, to }: Change): Change {
  return { field, from: withoutSecrets(field, from), to: withoutSecrets(field, to) };
}

/** Fields that LiteLLM leaves as they are when it is told to empty them (`_update_internal_user_params`, `_should_update_field`, 1.108.10). */
const STICKY: Readonly<Partial<Record<DesiredObject["kind"], readonly string[]>>> = {
  user: ["user_email", "user_alias", "models"],
  customer: ["allowed_model_region", "default_model"],
};

function reasonToKeep(
  { kind }: DesiredObject,
  { field, from, to }: Change,
  byHand: () => boolean,
): { field: string; message: string }[] {
  if (STICKY[kind]?.includes(field) && isSame(field, to, null)) {
    return [{ field, message: `${field} cannot be emptied through LiteLLM's API: do it in its interface` }];
  }
  // LiteLLM answers 500 to a tag's update that names a budget where the tag has one (`handle_budget_for_entity`, 1.108.10).
  if (kind === "tag" && field === "budget_id" && from !== null) {
    return [{ field, message: "its budget cannot be replaced through LiteLLM's API: delete the tag there, and it is made anew" }];
  }
  // Whoever blocks something by hand has a reason, which is not in the file.
  if (field === "blocked" && to !== true && byHand()) {
    return [{ field, message: "was blocked by hand, and stays blocked until it is unblocked by hand" }];
  }
  return [];
}

/** LiteLLM's update of a tag sets a description that it does not name to nothing (`update_tag`, 1.108.10). */
function alwaysSent({ kind }: DesiredObject, fields: Body): Body {
  return kind === "tag" ? { description: fields.description ?? null } : {};
}

function withoutNames(mark: Mark | undefined): Partial<Mark> {
  if (!mark) return {};
  const { metadata: _names, ...rest } = mark;
  return rest;
}

function firstBody(wanted: DesiredObject, { owner }: PlanOptions): Body {
  const { metadata, ...fields } = ownedFields(wanted, owner);
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)) as Record<string, Json>;
  if (metadata === undefined) return given;
  return { ...given, metadata: withMark({}, metadata as Body, { owner, name: wanted.name, spec: fingerprint(wanted.fields) }) };
}

function taken({ kind, name }: DesiredObject, ownership: "theirs" | "nobody"): Note {
  const message =
    ownership === "theirs"
      ? "is there already, and belongs to another owner"
      : "is there already and nobody's: write adopt: true to take it over";
  return { kind, name, message, problem: true };
}
