import type { Finding } from "../findings";
import { type Comment, commentsIn } from "./comments";
import { parseJson } from "./json-tree";
import type { MapNode } from "./node";
import { parsePlainYaml } from "./plain-yaml";

/** A tree with the comments that are meant for this toolkit, or why there is none. */
export type ParseResult =
  | { readonly root: MapNode; readonly comments: readonly Comment[] }
  | { readonly findings: readonly Finding[] };

/**
 * Parses YAML 1.2 (comments, anchors, aliases, merge keys) whose root is a mapping.
 *
 * Never throws: everything that is wrong with the text is a finding with its place.
 */
export function parseSource(text: string, file: string): ParseResult {
  const json = parseJson(text, file);
  if (json) return { root: json, comments: [] };
  const plain = parsePlainYaml(text, file);
  return plain ? { root: plain, comments: commentsIn(text, file) } : wholeYaml().parseYaml(text, file);
}

/** The reader of the whole of YAML, loaded when a file needs it: that takes as long as reading a long file without it. */
function wholeYaml(): typeof import("./parse-yaml") {
  return require("./parse-yaml");
}
