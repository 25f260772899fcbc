import { type Alias, isAlias, isMap, isScalar, isSeq, type Node, type Pair, type Scalar, type YAMLMap } from "yaml";
import { type Finding, found, type Place } from "../findings";
import type { Entry, MapNode, ScalarNode, SourceNode } from "./node";
import { isExact } from "./plain-scalar";
import { SOURCE_RULES } from "./rules";
import { duplicateFinding, numberFinding, syntaxFinding, tagFinding } from "./syntax-findings";

/** The most values that a file may hold once its aliases are expanded. */
export const MAX_VALUES = 500_000;
/** The deepest that lists and mappings may be nested. */
export const MAX_DEPTH = 100;

/** Leaves the recursion as soon as a tree is known to be refused. */
export class Refused extends Error {
  constructor(readonly finding: Finding) {
    super(finding.message);
  }
}

/** Makes our tree of the parser's, expanding aliases and merge keys within the limits. */
export class TreeBuilder {
  /** What is wrong and does not keep the rest from being read. */
  readonly findings: Finding[] = [];
  private values = 0;
  /** The outermost alias that is being expanded: what the user wrote, where a limit is crossed inside it. */
  private expanding: Alias | undefined;
  private readonly anchors = new Map<string, Node>();

  constructor(private readonly placeOf: (offset: number) => Place) {}

  map(node: YAMLMap, depth: number): MapNode {
    this.remember(node);
    const entries = new Map<string, Entry>();
    const merged = new Map<string, Entry>();
    for (const pair of node.items as Pair<Node, Node | null>[]) {
      if (isMergeKey(pair.key)) this.merge(pair, merged, depth);
      else this.enter(pair, entries, depth);
    }
    for (const [name, entry] of merged) if (!entries.has(name)) entries.set(name, entry);
    return { kind: "map", place: this.place(node), entries };
  }

  private enter(pair: Pair<Node, Node | null>, entries: Map<string, Entry>, depth: number): void {
    const name = this.name(pair.key);
    const place = this.place(pair.key);
    if (entries.has(name)) this.findings.push(duplicateFinding(place));
    const plainName = isScalar(pair.key) && pair.key.type === "PLAIN";
    entries.set(name, { place, node: this.build(pair.value, depth + 1, pair.key), ...(plainName && { plainName }) });
  }

  private build(node: Node | null, depth: number, near: Node): SourceNode {
    this.count(node ?? near, depth);
    if (node?.tag && !CORE_TAGS.has(node.tag)) this.findings.push(tagFinding(this.place(node)));
    if (node === null) return { kind: "scalar", place: this.place(near), value: null, text: "", plain: true };
    if (isAlias(node)) return this.expand(node, depth, near);
    this.remember(node);
    if (isMap(node)) return this.map(node, depth);
    if (isSeq(node))
      return {
        kind: "list",
        place: this.place(node),
        items: node.items.map((item) => this.build(item as Node, depth + 1, node)),
      };
    return this.scalar(node as Scalar);
  }

  private expand(alias: Alias, depth: number, near: Node): SourceNode {
    const outermost = this.expanding === undefined;
    this.expanding ??= alias;
    const node = this.build(this.target(alias), depth + 1, near);
    if (outermost) this.expanding = undefined;
    return node;
  }

  private scalar(node: Scalar): ScalarNode {
    const text = node.source ?? String(node.value ?? "");
    const plain = node.type === "PLAIN" || node.type === undefined;
    const value = node.value;
    if (typeof value === "number" && !isExact(value)) throw new Refused(numberFinding(text, value, this.place(node)));
    const known = value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean";
    return { kind: "scalar", place: this.place(node), value: known ? value : text, text, plain };
  }

  /** `<<: *base` or `<<: [*a, *b]`: what stands in the mapping itself wins, then the first of the list. */
  private merge(pair: Pair<Node, Node | null>, merged: Map<string, Entry>, depth: number): void {
    const value = this.build(pair.value, depth + 1, pair.key);
    for (const source of value.kind === "list" ? value.items : [value]) {
      if (source.kind !== "map") {
        throw new Refused(syntaxFinding("MERGE", this.place(pair.key)));
      }
      for (const [name, entry] of source.entries) if (!merged.has(name)) merged.set(name, entry);
    }
  }

  private name(key: Node): string {
    const target = isAlias(key) ? this.target(key) : key;
    const name = isScalar(target) ? (target.source ?? String(target.value ?? "")) : undefined;
    if (name === "__proto__") throw new Refused(syntaxFinding("PROTO", this.place(key)));
    if (name !== undefined) return name;
    throw new Refused(syntaxFinding("KEY", this.place(key)));
  }

  private remember(node: Node): void {
    if ("anchor" in node && node.anchor) this.anchors.set(node.anchor, node);
  }

  private target(alias: Alias): Node {
    const node = this.anchors.get(alias.source);
    if (node) return node;
    throw new Refused(syntaxFinding("ALIAS", this.place(alias)));
  }

  private count(node: Node, depth: number): void {
    this.values += 1;
    const limit = depth > MAX_DEPTH ? `at most ${MAX_DEPTH} levels` : `at most ${MAX_VALUES.toLocaleString("en-US")} values`;
    if (depth <= MAX_DEPTH && this.values <= MAX_VALUES) return;
    const message = depth > MAX_DEPTH ? "lists and mappings are nested too deep" : "the file expands to too many values";
    throw new Refused(
      found(SOURCE_RULES.tooLarge, {
        place: this.place(this.expanding ?? node),
        message,
        expected: limit,
        repair: SOURCE_RULES.tooLarge.repair,
      }),
    );
  }

  private place(node: Node): Place {
    return this.placeOf(node.range?.[0] ?? 0);
  }
}

function isMergeKey(key: Node): boolean {
  return isScalar(key) && key.source === "<<" && key.type === "PLAIN";
}

/** Tags that say what YAML would read anyway; as the parser spells them. */
const CORE_TAGS = new Set(["map", "seq", "str", "int", "float", "bool", "null"].map((name) => `tag:yaml.org,2002:${name}`));
