import type { Change } from "../../core/import";
import { type Path, parseSource, type SourceNode, showPath } from "../../core/source";

/** The leaves of a YAML text, by path: an empty list or mapping is one. Worked out here by itself, not by what is tested. */
export function leavesOfText(text: string): Map<string, { path: Path; value: unknown }> {
  const parsed = parseSource(text, "accounting.yaml");
  if (!("root" in parsed)) throw new Error(parsed.findings.map(({ message }) => message).join("; "));
  const leaves = new Map<string, { path: Path; value: unknown }>();
  const visit = (node: SourceNode, path: Path): void => {
    const children: [string | number, SourceNode][] =
      node.kind === "map"
        ? [...node.entries].map(([name, entry]) => [name, entry.node])
        : node.kind === "list"
          ? [...node.items.entries()]
          : [];
    if (children.length === 0) leaves.set(showPath(path), { path, value: node.kind === "scalar" ? node.value : node.kind });
    for (const [step, child] of children) visit(child, [...path, step]);
  };
  visit(parsed.root, []);
  return leaves;
}

/**
 * The leaves of an input that are neither in the environment file at `litellm.config` nor named in the list of changes:
 * dropped in silence.
 *
 * @param at where in the input LiteLLM's configuration stands
 */
export function dropped(input: string, at: Path, environment: string, changes: readonly Change[]): string[] {
  const output = leavesOfText(environment);
  const told = changes.filter(({ kind }) => kind !== "added" && kind !== "moved").map(({ path }) => path);
  const moved = changes.filter(({ kind, path }) => kind === "moved" && path !== showPath(at)).map(({ path }) => path);
  return [...leavesOfText(input)].flatMap(([shown, { path, value }]) => {
    const isConfig = at.every((step, index) => path[index] === step);
    const carried = isConfig ? output.get(showPath(["litellm", "config", ...path.slice(at.length)])) : undefined;
    if (carried && Object.is(carried.value, value)) return [];
    return [...told, ...moved].some((other) => isWithin(shown, other)) ? [] : [shown];
  });
}

function isWithin(path: string, outer: string): boolean {
  return path === outer || (outer !== "" && path.startsWith(outer) && /^[.[]/.test(path.slice(outer.length)));
}
