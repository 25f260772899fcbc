import { isSecret } from "../findings";
import { renderConfig } from "../litellm";
import {
  type MapNode,
  nameOfPath,
  nodeAt,
  type Path,
  parseSource,
  placeOfName,
  type SourceNode,
  showPath,
  toValue,
} from "../source";
import type { LineExplanation, Unexplained } from "./explanation";

const CONFIG: Path = ["litellm", "config"];

/**
 * What made a line of the rendered config.yaml: the innermost name that begins there.
 *
 * @param root the environment file, what it extends laid under it
 */
export function explainLine(line: number, root: MapNode): LineExplanation | Unexplained {
  const config = nodeAt(root, CONFIG);
  const text = renderConfig(config ? toValue(config) : {});
  const lines = text.trimEnd().split("\n");
  const rendered = parseSource(text, "config.yaml");
  const shown = lines[line - 1];
  if (shown === undefined || "findings" in rendered) {
    return {
      problem: `the rendered config.yaml has no line ${line}`,
      repair: `it has ${lines.length}; see cdktf-litellm render`,
    };
  }
  const path = innermostAt(rendered.root, line);
  const full = [...CONFIG, ...path];
  return {
    kind: "line",
    line,
    text: withoutSecret(shown, nameOfPath(path)),
    path: showPath(full),
    place: placeOfName(root, full),
  };
}

/** The deepest path whose name, or list item, begins on the line. */
function innermostAt(root: SourceNode, line: number): Path {
  let best: Path = [];
  const visit = (node: SourceNode, path: Path, began: number): void => {
    if (began === line && path.length >= best.length) best = path;
    if (node.kind === "list") for (const [index, item] of node.items.entries()) visit(item, [...path, index], item.place.line);
    if (node.kind === "map") for (const [name, entry] of node.entries) visit(entry.node, [...path, name], entry.place.line);
  };
  visit(root, [], 0);
  return best;
}

function withoutSecret(text: string, name: string): string {
  const value = text.slice(text.indexOf(":") + 1).trim();
  const bare = value.replace(/^"|"$/g, "");
  return value !== "" && isSecret(name, bare) ? text.replace(value, "a hidden value") : text;
}
