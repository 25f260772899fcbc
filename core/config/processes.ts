import { type MapNode, nodeAt, type Path, toValue } from "../source";

/** How many processes of LiteLLM share the load at most: each counts for itself what is not shared. Read from the tree. */
export function processesOf(root: MapNode): number {
  return numberAt(root, ["litellm", "replicas", "max"]) * numberAt(root, ["litellm", "workers"]);
}

function numberAt(root: MapNode, path: Path): number {
  const node = nodeAt(root, path);
  const value = node ? toValue(node) : undefined;
  return typeof value === "number" && value >= 1 ? value : 1;
}
