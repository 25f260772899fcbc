import { dirname, isAbsolute, join, normalize, resolve } from "node:path";
import { type Finding, found } from "../findings";
import type { Comment } from "./comments";
import { type Entry, type MapNode, placeOfName, type SourceNode } from "./node";
import { parseSource } from "./parse";
import { readText } from "./read-text";
import { SOURCE_RULES } from "./rules";

/** The longest chain of `extends`. */
export const MAX_EXTENDS = 5;

/**
 * A tree with the files that it came from (as shown to users, the file itself first) and their comments that are meant
 * for this toolkit, or why there is none.
 */
export type TreeResult =
  | { readonly root: MapNode; readonly files: readonly string[]; readonly comments: readonly Comment[] }
  | { readonly findings: readonly Finding[] };

/**
 * Reads a YAML file and, where it has `extends: <file>`, lays it over that file: mappings merge, lists and scalars
 * replace, and an empty value (`null`) deletes. Every value keeps the place that it came from.
 *
 * @param file as the user named it, relative to the working directory
 */
export function loadTree(file: string): TreeResult {
  return follow(normalize(file), [], undefined);
}

/** Reads a YAML file as it stands, `extends` being a name like any other. */
export function loadPlainTree(file: string): TreeResult {
  const text = readText(file, file);
  if ("finding" in text) return { findings: [text.finding] };
  const parsed = parseSource(text.text, file);
  return "findings" in parsed ? parsed : { ...parsed, files: [file] };
}

/** `file` as it is named from the folder of `from`. */
export function besideFile(from: string, file: string): string {
  return isAbsolute(file) ? file : join(dirname(from), file);
}

function follow(file: string, chain: readonly string[], named: Finding | undefined): TreeResult {
  const identity = resolve(file);
  if (chain.includes(identity))
    return brokenChain(named, `this file extends itself: ${[...chain, identity].map(baseName).join(" → ")}`);
  if (chain.length > MAX_EXTENDS) return brokenChain(named, `the chain of extends is longer than ${MAX_EXTENDS}`);
  const own = loadPlainTree(file);
  if ("findings" in own) return { findings: named ? [...own.findings, named] : own.findings };
  const base = baseOf(own.root);
  if (base === undefined) return own;
  if ("finding" in base) return { findings: [base.finding] };
  const message = `the file that this one extends cannot be used: ${besideFile(file, base.file)}`;
  const place = placeOfName(own.root, ["extends"]);
  const from = found(SOURCE_RULES.extends, { place, path: "extends", message, repair: "mend that file, or extend another" });
  const below = follow(besideFile(file, base.file), [...chain, identity], from);
  if ("findings" in below) return below;
  return {
    root: overlay(below.root, withoutExtends(own.root)),
    files: [file, ...below.files],
    comments: [...own.comments, ...below.comments],
  };
}

function baseOf(root: MapNode): { file: string } | { finding: Finding } | undefined {
  const entry = root.entries.get("extends");
  if (!entry) return undefined;
  if (entry.node.kind === "scalar" && typeof entry.node.value === "string" && entry.node.value !== "")
    return { file: entry.node.value };
  const message = "extends does not name a file";
  const repair = "write the path of one file, relative to this one";
  return {
    finding: found(SOURCE_RULES.extends, {
      place: entry.node.place,
      path: "extends",
      message,
      expected: "the path of a file",
      repair,
    }),
  };
}

function brokenChain(named: Finding | undefined, message: string): TreeResult {
  const where = named?.place ? { place: named.place } : {};
  return { findings: [found(SOURCE_RULES.extends, { ...where, path: "extends", message, repair: SOURCE_RULES.extends.repair })] };
}

function withoutExtends(root: MapNode): MapNode {
  return { ...root, entries: new Map([...root.entries].filter(([name]) => name !== "extends")) };
}

function overlay(base: MapNode, over: MapNode): MapNode {
  const entries = new Map(base.entries);
  for (const [name, entry] of over.entries) {
    const merged = overlayEntry(base.entries.get(name), entry);
    if (merged) entries.set(name, merged);
    else entries.delete(name);
  }
  return { kind: "map", place: over.place, entries };
}

function overlayEntry(below: Entry | undefined, above: Entry): Entry | undefined {
  if (above.node.kind === "scalar" && above.node.value === null) return undefined;
  if (above.node.kind !== "map") return above;
  const base: SourceNode = below?.node.kind === "map" ? below.node : { kind: "map", place: above.node.place, entries: new Map() };
  return { place: above.place, node: overlay(base as MapNode, above.node) };
}

function baseName(file: string): string {
  return file.split(/[\\/]/).at(-1) ?? file;
}
