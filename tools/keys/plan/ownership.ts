import type { DesiredObject, Json } from "../../../core/keys";
import type { CurrentObject } from "./current";
import { markIn } from "./mark";

/** Whose a thing is: `ours`, `nobody`'s, or `theirs`: marked by another owner. */
export type Ownership = "ours" | "nobody" | "theirs";

/**
 * Whose a thing is. Keys, teams and users have metadata, which carry a mark. Budgets carry the owner in their id, customers
 * in that of their budget, and tags at the end of their description.
 */
export function ownershipOf(object: CurrentObject, owner: string): Ownership {
  if (object.kind === "budget") return byPrefix(object.id, owner);
  if (object.kind === "customer") return byPrefix(object.fields.budget_id, owner);
  if (object.kind === "tag") return byDescription(object.fields.description, owner);
  const mark = markIn(object);
  return mark === undefined ? "nobody" : mark.owner === owner ? "ours" : "theirs";
}

/** The fields that are written for a thing that carries its owner in a field of its own. */
export function ownedFields({ kind, fields }: DesiredObject, owner: string): Readonly<Record<string, Json>> {
  if (kind !== "tag") return fields;
  const text = typeof fields.description === "string" ? `${fields.description} ` : "";
  return { ...fields, description: `${text}(cdktf-litellm: ${owner})` };
}

function byPrefix(id: Json | undefined, owner: string): Ownership {
  return typeof id === "string" && id.startsWith(`${owner}:`) ? "ours" : "nobody";
}

function byDescription(description: Json | undefined, owner: string): Ownership {
  const marked = typeof description === "string" ? /\(cdktf-litellm: ([a-z0-9-]+)\)$/.exec(description)?.[1] : undefined;
  return marked === undefined ? "nobody" : marked === owner ? "ours" : "theirs";
}
