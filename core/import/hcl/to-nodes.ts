import { Scalar, YAMLMap, YAMLSeq } from "yaml";
import type { Place } from "../../findings";
import { type Path, showPath } from "../../source";
import { type Leaf, pair } from "../config-source";
import type { HclItem, HclValue } from "./value";

/** What a value of HCL became. */
export interface HclNodes {
  readonly node: YAMLMap | YAMLSeq | Scalar;
  readonly leaves: readonly Leaf[];
  /** By path as shown. */
  readonly places: ReadonlyMap<string, Place>;
  /** What has no node, and why. */
  readonly leftOut: readonly { readonly path: Path; readonly place: Place; readonly why: string }[];
}

/** YAML nodes of a value of HCL, with its comments. What cannot be read is left out, and named. */
export function toNodes(value: HclValue): HclNodes {
  const leaves: Leaf[] = [];
  const places = new Map<string, Place>();
  const leftOut: { path: Path; place: Place; why: string }[] = [];

  const convert = (from: HclValue, path: Path): YAMLMap | YAMLSeq | Scalar | undefined => {
    if (!places.has(showPath(path))) places.set(showPath(path), from.place);
    switch (from.kind) {
      case "literal":
      case "heredoc":
        leaves.push({ path, value: from.value });
        return new Scalar(from.value);
      case "unreadable":
      case "call":
        leftOut.push({
          path,
          place: places.get(showPath(path)) ?? from.place,
          why: `only Terraform can tell what it is: ${from.kind === "call" ? `a call of ${from.name}` : from.what}`,
        });
        return undefined;
      case "list":
        return sequence(from.items, path);
      case "object":
        return mapping(from, path);
    }
  };
  const sequence = (items: readonly HclItem[], path: Path): YAMLSeq => {
    const seq = new YAMLSeq();
    if (items.length === 0) leaves.push({ path, value: "list" });
    for (const { value: item, comments } of items) {
      // An item that is left out must not move the others.
      const node = convert(item, [...path, seq.items.length]);
      if (node) seq.items.push(Object.assign(node, commentOf(comments)));
    }
    return seq;
  };
  const mapping = ({ entries }: Extract<HclValue, { kind: "object" }>, path: Path): YAMLMap => {
    const map = new YAMLMap();
    if (entries.length === 0) leaves.push({ path, value: "map" });
    const last = new Map(entries.map(({ name }, index) => [name, index]));
    for (const [index, { name, place, value: inner, comments }] of entries.entries()) {
      const why = last.get(name) === index ? unusable(name) : "it is named again further down, and the last one counts";
      if (why !== undefined) {
        leftOut.push({ path: [...path, name], place, why });
        continue;
      }
      places.set(showPath([...path, name]), place);
      const node = convert(inner, [...path, name]);
      if (!node) continue;
      const entry = pair(name, node);
      entry.key = Object.assign(new Scalar(name), commentOf(comments));
      map.items.push(entry);
    }
    return map;
  };
  const node = convert(value, []) ?? new YAMLMap();
  return { node, leaves, places, leftOut };
}

function unusable(name: string): string | undefined {
  return name === "__proto__" ? "this is no name of a setting" : undefined;
}

function commentOf(comments: readonly string[]): { commentBefore?: string } {
  return comments.length > 0 ? { commentBefore: comments.join("\n") } : {};
}
