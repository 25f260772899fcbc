import { type Finding, found, isSecret, type Rule } from "../../findings";
import { nameOfPath, type Path, type ScalarNode, type SourceNode, showPath } from "../../source";
import { type Reading, readByPyYaml } from "../py-yaml";

/** A scalar without quotes that LiteLLM's YAML reader takes for something else than YAML 1.2 says. */
export const ambiguousScalar: Rule = {
  id: "ambiguous-scalar",
  severity: "warning",
  summary: "YAML readers disagree about this value, or this name",
  why: "LiteLLM reads its file with PyYAML, which follows YAML 1.1: yes, no, on and off are switches, 12:30 is 750, 017 is 15, 2026-11-21 is a date, and 1e3 or 3e-6 is text. Editors, this toolkit and most other tools follow YAML 1.2 and see something else (yaml/resolver.py, PyYAML 6.0.3).",
  repair: "write true or false, or put the text in quotes",
};

/** Scalars that LiteLLM's reader makes something of that no setting is: a date, or a mistake that ends the reading. */
export function unusableScalars(root: SourceNode): Finding[] {
  const scalars = scalarsOf(root, []).flatMap(({ node, at }) => {
    const { kind } = readByPyYaml(node.text);
    return node.plain && (kind === "date" || kind === "error") ? scalarFinding(node, at) : [];
  });
  return [...scalars, ...ambiguousNames(root, [])];
}

/** Every scalar of a tree that the two readers disagree about; an error where LiteLLM's reader sees a switch. */
export function ambiguousScalars(root: SourceNode, at: Path = []): Finding[] {
  return [...scalarsOf(root, at).flatMap(({ node, at: path }) => scalarFinding(node, path)), ...ambiguousNames(root, at)];
}

/** Names of mappings that LiteLLM's reader takes for something else than text: no setting and no model group is called so. */
function ambiguousNames(node: SourceNode, at: Path): Finding[] {
  if (node.kind === "list") return node.items.flatMap((item, index) => ambiguousNames(item, [...at, index]));
  if (node.kind === "scalar") return [];
  return [...node.entries].flatMap(([name, entry]) => {
    const path = [...at, name];
    const below = ambiguousNames(entry.node, path);
    const reading = entry.plainName ? readByPyYaml(name) : undefined;
    if (!reading || reading.kind === "text" || reading.kind === "merge") return below;
    const message = `LiteLLM's YAML reader takes the name ${name === "" ? "that is missing here" : name} for ${shownReading(reading)}, not for text`;
    const finding = found(ambiguousScalar, { place: entry.place, path: showPath(path), message, repair: `write "${name}":` });
    return [reading.kind === "error" ? { ...finding, severity: "error" as const } : finding, ...below];
  });
}

function scalarsOf(root: SourceNode, at: Path): { node: ScalarNode; at: Path }[] {
  if (root.kind === "scalar") return [{ node: root, at }];
  if (root.kind === "list") return root.items.flatMap((item, index) => scalarsOf(item, [...at, index]));
  return [...root.entries].flatMap(([name, entry]) => scalarsOf(entry.node, [...at, name]));
}

function scalarFinding(node: ScalarNode, at: Path): Finding[] {
  if (!node.plain) return [];
  const python = readByPyYaml(node.text);
  if (agrees(python, node.value)) return [];
  const where = { place: node.place, path: showPath(at) };
  if (isSecret(nameOfPath(at), node.text)) {
    const message = "LiteLLM's YAML reader takes this hidden value for something else than other readers";
    return [found(ambiguousScalar, { ...where, message, repair: "put it in quotes, or refer to it: os.environ/NAME" })];
  }
  const message = `LiteLLM's YAML reader takes ${node.text} for ${shownReading(python)}, other readers for ${shownValue(node.value)}`;
  const finding = found(ambiguousScalar, { ...where, message, repair: repairOf(python, node) });
  return [isMistaken(python) ? { ...finding, severity: "error" } : finding];
}

/** A switch that is text elsewhere; a date, which no setting takes: LiteLLM drops the deployment that it stands in. */
function isMistaken({ kind }: Reading): boolean {
  return kind === "boolean" || kind === "date" || kind === "error";
}

function agrees(python: Reading, value: ScalarNode["value"]): boolean {
  return python.kind !== "date" && python.kind !== "merge" && python.kind !== "error" && Object.is(python.value, value);
}

function repairOf(python: Reading, { text, value }: ScalarNode): string {
  if (python.kind === "boolean") return `write ${python.value}, or "${text}" if text is meant`;
  if (python.kind === "text" && typeof value === "number") return `write ${plainNumber(value)}, or "${text}" if text is meant`;
  if (python.kind === "number" && typeof value === "number")
    return `write ${python.value} or ${value}, or "${text}" if text is meant`;
  if (python.kind === "number") return `write "${text}", or ${python.value} if the number is meant`;
  return `write "${text}"`;
}

/** A number as both readers take it: with an exponent PyYAML wants a point and a sign. */
function plainNumber(value: number): string {
  return String(value).replace(/^(-?\d+)e/, "$1.0e");
}

function shownReading({ kind, value }: Reading): string {
  if (kind === "date") return "a date";
  if (kind === "merge") return "a merge key";
  if (kind === "error") return "a mistake that ends the reading";
  return shownValue(value);
}

function shownValue(value: unknown): string {
  if (typeof value === "string") return "text";
  if (value === null) return "nothing";
  return typeof value === "number" ? `the number ${value}` : `${String(value)}`;
}
