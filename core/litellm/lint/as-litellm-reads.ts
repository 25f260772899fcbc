import type { Entry, MapNode, ScalarNode, SourceNode } from "../../source";
import { readByPyYaml } from "../py-yaml";

/**
 * A tree with the values that LiteLLM's reader, PyYAML, makes of its scalars: `yes` is true, `017` is 15, `1e3` is text.
 * Dates stay text; `ambiguousScalars` tells of them.
 */
export function asLitellmReads(node: MapNode): MapNode {
  const entries = new Map<string, Entry>();
  for (const [name, entry] of node.entries) entries.set(name, { ...entry, node: read(entry.node) });
  return { ...node, entries };
}

function read(node: SourceNode): SourceNode {
  if (node.kind === "map") return asLitellmReads(node);
  if (node.kind === "list") return { ...node, items: node.items.map(read) };
  return node.plain ? readScalar(node) : node;
}

function readScalar(node: ScalarNode): ScalarNode {
  const { kind, value } = readByPyYaml(node.text);
  if (kind === "date" || kind === "merge" || kind === "error") return { ...node, value: node.text };
  return { ...node, value: value ?? null };
}
