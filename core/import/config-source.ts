import { isAlias, isMap, isScalar, isSeq, type Node, Pair, type Scalar, type YAMLMap } from "yaml";
import { type Finding, found, type Place } from "../findings";
import { type Path, type SourceNode, showPath } from "../source";
import { notImportable } from "./not-importable";

/** A value without parts, and where it stands. */
export interface Leaf {
  readonly path: Path;
  readonly value: unknown;
}

/** LiteLLM's configuration as it was found: nodes with their comments, which the import changes in place. */
export interface ConfigSource {
  readonly contents: YAMLMap;
  /** Comments before and after everything. */
  readonly before?: string | null;
  readonly after?: string | null;
  /** Where in the input the configuration stands; empty where it is the whole file. */
  readonly at: Path;
  /** What was written, as YAML 1.2 reads it, aliases expanded. */
  readonly leaves: readonly Leaf[];
  /** Where a path of the configuration was written. */
  placeOf(path: Path): Place | undefined;
  /** The line of a text, such as that of a comment. */
  lineOf(text: string): Place | undefined;
}

/** What keeps an input from being imported at all. */
export class Unimportable extends Error {
  constructor(readonly findings: readonly Finding[]) {
    super(findings.map(({ message }) => message).join("; "));
  }
}

/** A scalar among its nodes. */
export interface FoundScalar {
  readonly node: Scalar;
  readonly path: Path;
  /** What it is the value of: the innermost name, or the argument of a command line that stands before it in a list. */
  readonly name: string;
  /** The mappings around it, the innermost last. */
  readonly around: readonly YAMLMap[];
}

/** Every scalar value below a node, in the order of the text; what an alias stands for is found at its anchor. */
export function scalarsIn(node: unknown, path: Path = [], around: readonly YAMLMap[] = [], name = ""): FoundScalar[] {
  if (isScalar(node)) return [{ node, path, name, around }];
  if (isSeq(node))
    return node.items.flatMap((item, index) => scalarsIn(item, [...path, index], around, flagOf(node.items[index - 1]) ?? name));
  if (!isMap(node)) return [];
  return node.items.flatMap(({ key, value }) => scalarsIn(value, [...path, nameOf(key)], [...around, node], nameOf(key)));
}

/** `--token`, whose value is the item after it. */
function flagOf(item: unknown): string | undefined {
  const text = isScalar(item) ? String(item.value) : "";
  return /^--?[A-Za-z][\w-]*$/.test(text) ? text : undefined;
}

/** The name of a mapping's entry as it was written. */
export function nameOf(key: unknown): string {
  return isScalar(key) ? (key.source ?? String(key.value ?? "")) : String(key);
}

/** The entry of a mapping, by its name as written. */
export function entryOf(map: YAMLMap, name: string): Pair | undefined {
  return map.items.find(({ key }) => nameOf(key) === name);
}

/** The node at a path; undefined where there is none, or where an alias stands in the way. */
export function nodeOf(root: unknown, path: Path): unknown {
  let node = root;
  for (const step of path) {
    if (isMap(node)) node = entryOf(node, String(step))?.value;
    else node = isSeq(node) && typeof step === "number" ? node.items[step] : undefined;
  }
  return node;
}

/** Replaces aliases whose anchors stand outside of `root` by what they stand for. */
export function inlineAliases(root: Node, resolve: (alias: Node) => Node | undefined): void {
  const inside = new Set<unknown>();
  collect(root, inside);
  replace(root, (node) => {
    const target = isAlias(node) ? resolve(node) : undefined;
    return target && !inside.has(target) ? withoutAnchors(target.clone() as Node) : node;
  });
}

function collect(node: unknown, into: Set<unknown>): void {
  into.add(node);
  if (isMap(node)) for (const { value } of node.items) collect(value, into);
  if (isSeq(node)) for (const item of node.items) collect(item, into);
}

function replace(node: unknown, by: (node: unknown) => unknown): void {
  if (isMap(node)) {
    for (const pair of node.items) {
      pair.value = by(pair.value);
      replace(pair.value, by);
    }
  } else if (isSeq(node)) {
    node.items = node.items.map(by);
    for (const item of node.items) replace(item, by);
  }
}

function withoutAnchors(node: Node): Node {
  if ("anchor" in node) node.anchor = undefined;
  if (isMap(node)) for (const { value } of node.items) if (value) withoutAnchors(value as Node);
  if (isSeq(node)) for (const item of node.items) withoutAnchors(item as Node);
  return node;
}

/** The leaves of a tree; an empty list or mapping is one. */
export function leavesOf(node: SourceNode, path: Path = []): Leaf[] {
  if (node.kind === "list" && node.items.length > 0) return node.items.flatMap((item, index) => leavesOf(item, [...path, index]));
  if (node.kind === "map" && node.entries.size > 0)
    return [...node.entries].flatMap(([name, entry]) => leavesOf(entry.node, [...path, name]));
  return [{ path, value: node.kind === "scalar" ? node.value : node.kind }];
}

/** A path below another, as a user would write it. */
export function shownAt(at: Path, path: Path): string {
  return showPath([...at, ...path]);
}

/** An entry of a mapping. */
export function pair(name: string, value: unknown): Pair {
  return new Pair(name, value);
}

/** An input that cannot be imported, for one reason. */
export function unimportable(place: Place | undefined, path: string, message: string, repair: string): Unimportable {
  return new Unimportable([found(notImportable, { ...(place && { place }), path, message, repair })]);
}

/** An input in which a name is a credential. */
export function secretName(place: Place): Unimportable {
  const repair = "give it another name, and take the credential for known to others";
  return unimportable(place, "", "a name here is a credential: names are shown and written, values of secrets never are", repair);
}
