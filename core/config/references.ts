import type { Path, SourceNode } from "../source";

/** A place in LiteLLM's configuration that takes its value from a variable: `os.environ/NAME`. */
export interface Reference {
  readonly name: string;
  readonly path: Path;
}

const REFERENCE = /^os\.environ\/(.+)$/s;

/** Every `os.environ/NAME` below `node`, in the order of the text. */
export function referencesIn(node: SourceNode, path: Path = []): Reference[] {
  if (node.kind === "list") return node.items.flatMap((item, index) => referencesIn(item, [...path, index]));
  if (node.kind === "map") return [...node.entries].flatMap(([name, entry]) => referencesIn(entry.node, [...path, name]));
  const name = typeof node.value === "string" ? REFERENCE.exec(node.value)?.[1] : undefined;
  return name === undefined ? [] : [{ name, path }];
}
