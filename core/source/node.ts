import type { Place } from "../findings";

/** Steps from the root of a tree to a value: names of mappings and indices of lists. */
export type Path = readonly (string | number)[];

/** A scalar with the text it was written as, because YAML readers disagree about some plain texts. */
export interface ScalarNode {
  readonly kind: "scalar";
  readonly place: Place;
  readonly value: string | number | boolean | null;
  /** As written, without quotes. */
  readonly text: string;
  /** Written without quotes and not as a block. */
  readonly plain: boolean;
}

export interface ListNode {
  readonly kind: "list";
  readonly place: Place;
  readonly items: readonly SourceNode[];
}

/** One `name: value` of a mapping; `place` is that of the name. */
export interface Entry {
  readonly place: Place;
  readonly node: SourceNode;
  /** The name was written without quotes, so that YAML readers may disagree about it. */
  readonly plainName?: boolean;
}

export interface MapNode {
  readonly kind: "map";
  readonly place: Place;
  readonly entries: ReadonlyMap<string, Entry>;
}

/** A user's text as a tree in which everything knows where it was written. */
export type SourceNode = ScalarNode | ListNode | MapNode;

/** The plain value of a tree. */
export function toValue(node: SourceNode): unknown {
  if (node.kind === "scalar") return node.value;
  if (node.kind === "list") return node.items.map(toValue);
  const value: Record<string, unknown> = {};
  for (const [name, { node: inner }] of node.entries) {
    if (name === "__proto__") defineName(value, name, toValue(inner));
    else value[name] = toValue(inner);
  }
  return value;
}

/** An assignment to `__proto__` would be none of a name. */
function defineName(object: object, name: string, value: unknown): void {
  Object.defineProperty(object, name, { value, enumerable: true, writable: true, configurable: true });
}

/** The node at `path`, or undefined. */
export function nodeAt(root: SourceNode, path: Path): SourceNode | undefined {
  let node: SourceNode | undefined = root;
  for (const step of path) node = node && childOf(node, step);
  return node;
}

/** Where the value at `path` was written, or the nearest enclosing value that was. */
export function placeOfValue(root: SourceNode, path: Path): Place {
  let node = root;
  for (const step of path) {
    const child = childOf(node, step);
    if (!child) break;
    node = child;
  }
  return node.place;
}

/** Where the last name of `path` was written; for a list item, or a name that is missing, the value's place. */
export function placeOfName(root: SourceNode, path: Path): Place {
  const parent = nodeAt(root, path.slice(0, -1));
  const entry = parent?.kind === "map" ? parent.entries.get(String(path.at(-1))) : undefined;
  return entry?.place ?? placeOfValue(root, path);
}

/** The name that a path ends in; of a list's item, the list's. Empty where there is none. */
export function nameOfPath(path: Path): string {
  return path.findLast((step) => typeof step === "string") ?? "";
}

/** A path as a user would write it: `model_list[3].litellm_params.model`; names with other characters in quotes. */
export function showPath(path: Path): string {
  return path.map((step, index) => showStep(step, index === 0)).join("");
}

function showStep(step: string | number, first: boolean): string {
  if (typeof step === "number") return `[${step}]`;
  if (!/^[\w/-]+$/.test(step)) return `[${JSON.stringify(step)}]`;
  return first ? step : `.${step}`;
}

function childOf(node: SourceNode, step: string | number): SourceNode | undefined {
  if (node.kind === "map") return node.entries.get(String(step))?.node;
  if (node.kind === "list" && typeof step === "number") return node.items[step];
  return undefined;
}
