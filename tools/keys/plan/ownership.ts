import { budgetOf, type DesiredObject, type Json, type Kind } from "../../../core/keys";
import type { CurrentObject } from "./current";
import { markIn } from "./mark";

/** Whose a thing is: `ours`, `nobody`'s, or `theirs`: marked by another owner. */
export type Ownership = "ours" | "nobody" | "theirs";

/**
 * Whose a thing is, by what nobody writes by chance. Keys, teams and users have metadata, which carry a mark; that of a team
 * or a user names it, so that a copy of the metadata makes nothing ours. Tags carry the owner at the end of their
 * description and customers at the end of their alias. Budgets have no text but their id, which has a checksum.
 */
export function ownershipOf(object: CurrentObject, owner: string): Ownership {
  const whose = ownerOf(object);
  return whose === undefined ? "nobody" : whose === owner ? "ours" : "theirs";
}

function ownerOf(object: CurrentObject): string | undefined {
  const { kind, id, fields } = object;
  if (kind === "budget") return budgetOf(id)?.owner;
  const text = TEXT[kind];
  if (text !== undefined) return ownerInText(fields[text]);
  const mark = markIn(object);
  return kind === "key" || mark?.name === id ? mark?.owner : undefined;
}

/** Fields that end in whose the thing is. */
const TEXT: Readonly<Partial<Record<Kind, string>>> = { tag: "description", customer: "alias" };
const MARKED = /(?:^| )\(cdktf-litellm: ([a-z0-9-]+)\)$/;

/** The fields that are written for a thing that carries its owner in a field of its own. */
export function ownedFields({ kind, fields }: DesiredObject, owner: string): Readonly<Record<string, Json>> {
  const name = TEXT[kind];
  if (name === undefined) return fields;
  const text = typeof fields[name] === "string" ? `${fields[name]} ` : "";
  return { ...fields, [name]: `${text}(cdktf-litellm: ${owner})` };
}

/** A text without the mark at its end, for people. */
export function withoutOwner(text: string): string {
  return text.replace(MARKED, "");
}

/** What the keys file calls a thing that is in no file any more. */
export function nameOf({ kind, id }: CurrentObject): string {
  return (kind === "budget" ? budgetOf(id)?.name : undefined) ?? id;
}

function ownerInText(text: Json | undefined): string | undefined {
  return typeof text === "string" ? MARKED.exec(text)?.[1] : undefined;
}
