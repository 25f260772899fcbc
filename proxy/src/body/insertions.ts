import { type RuleNode, ruleFor } from "./rule-tree";
import type { Insertion } from "./rules";

/** Insertions, made ready: the text for each object that gets some. */
export interface PlannedInsertions {
  /** For the root: `"a":1,"b":2`. */
  readonly root: string;
  /** By the name of a root member that is an object or becomes one. */
  readonly inside: ReadonlyMap<string, string>;
  /** Bytes by which a body grows at most. */
  readonly growth: number;
}

/** No insertion at all. */
export const NO_INSERTIONS: PlannedInsertions = { root: "", inside: new Map(), growth: 0 };

/**
 * Puts together what is written where.
 *
 * @throws Error (a fault of the caller, not of the body) where a path is not removed by the rules: the client's own member would
 *   stand beside the inserted one
 */
export function planInsertions(insertions: readonly Insertion[], tree: RuleNode): PlannedInsertions {
  if (insertions.length === 0) return NO_INSERTIONS;
  const root: string[] = [];
  const inside = new Map<string, string>();
  for (const { path, json } of insertions) {
    const [first, second] = checked(path, tree);
    const member = `${JSON.stringify(second ?? first)}:${json}`;
    if (second === undefined) root.push(member);
    else inside.set(first, inside.has(first) ? `${inside.get(first)},${member}` : member);
  }
  let growth = length(root.join(","));
  for (const [name, members] of inside) growth += length(asMember(name, members));
  return { root: root.join(","), inside, growth };
}

/** A whole member: `"metadata":{"tags":[]}`. */
export function asMember(name: string, members: string): string {
  return `${JSON.stringify(name)}:{${members}}`;
}

function checked(path: readonly string[], tree: RuleNode): readonly [string, string?] {
  const [first, second, third] = path;
  if (first === undefined || third !== undefined) throw new Error("an insertion has a path of one or two steps");
  const container = ruleFor(tree, first);
  const rule = second === undefined || !container ? container : ruleFor(container, second);
  if (!rule?.remove) throw new Error(`an insertion needs a rule that removes what the client wrote: ${path.join(".")}`);
  return second === undefined ? [first] : [first, second];
}

/** With the comma (or a space for it) before the member. */
function length(text: string): number {
  return text === "" ? 0 : Buffer.byteLength(text) + 1;
}
