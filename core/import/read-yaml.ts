import { type Document, isAlias, isMap, isScalar, type Node, parseDocument, visit } from "yaml";
import { isSecret, type Place } from "../findings";
import { type MapNode, nodeAt, type Path, parseSource, placeOfName, readText, showPath } from "../source";
import {
  type ConfigSource,
  inlineAliases,
  leavesOf,
  nameOf,
  nodeOf,
  secretName,
  Unimportable,
  unimportable,
} from "./config-source";

/** A YAML text in two forms: a tree with places and everything expanded, and nodes with comments. */
export interface YamlInput {
  readonly file: string;
  readonly text: string;
  readonly root: MapNode;
  readonly document: Document;
}

/** @throws Unimportable for a file that cannot be read, or is no YAML. */
export function readInput(file: string): string {
  const read = readText(file, file);
  if ("finding" in read) throw new Unimportable([read.finding]);
  return read.text;
}

/** @throws Unimportable for a text that is no YAML, or not a mapping. */
export function parseInput(text: string, file: string): YamlInput {
  const parsed = parseSource(text, file);
  if ("findings" in parsed) throw new Unimportable(parsed.findings);
  const input = { file, text, root: parsed.root, document: parseDocument(text, { version: "1.2", uniqueKeys: false }) };
  refuseSecretNames(input);
  return input;
}

/**
 * LiteLLM's configuration at a path of the input: a mapping, or a text that holds YAML.
 *
 * @throws Unimportable where something else stands
 */
export function configAt(input: YamlInput, at: Path): ConfigSource {
  const node = resolved(input.document, nodeOf(input.document.contents, at));
  if (isScalar(node) && typeof node.value === "string") {
    return { ...wholeFile(parseInput(node.value, input.file)), at, ...placesOfText(input, at) };
  }
  const tree = nodeAt(input.root, at);
  if (!isMap(node) || tree?.kind !== "map") throw notAMapping(input, at);
  const targets = targetsOf(input.document);
  inlineAliases(node, (alias) => targets.get(alias.range?.[0] ?? -1));
  const { before, after } = at.length === 0 ? { before: input.document.commentBefore, after: input.document.comment } : {};
  return {
    contents: node,
    ...(before && { before }),
    ...(after && { after }),
    at,
    leaves: leavesOf(tree),
    placeOf: (path) => placeOfName(input.root, [...at, ...path]),
    lineOf: (text) => lineOf(input, text),
  };
}

/** Names of settings and anchors stand in paths and messages: one that is a credential would be shown, and written. */
function refuseSecretNames(input: YamlInput): void {
  const refuse = (name: string, node: Node): void => {
    if (isSecret("", name)) throw secretName(placeOfOffset(input, node.range?.[0] ?? 0));
  };
  visit(input.document, {
    Node: (_key, node) => {
      if ("anchor" in node && node.anchor) refuse(node.anchor, node);
    },
    Pair: (_key, { key }) => {
      if (isScalar(key)) refuse(nameOf(key), key);
    },
  });
}

function placeOfOffset({ text, file }: YamlInput, offset: number): Place {
  const lines = text.slice(0, offset).split("\n");
  return { file, line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

/** A whole file as configuration. */
export function wholeFile(input: YamlInput): ConfigSource {
  return configAt(input, []);
}

/** In a text within the file, lines count from elsewhere: the text's own place stands for all of it. */
function placesOfText(input: YamlInput, at: Path): Pick<ConfigSource, "placeOf" | "lineOf"> {
  const place = placeOfName(input.root, at);
  return { placeOf: () => place, lineOf: (text) => lineOf(input, text) ?? place };
}

function lineOf({ text, file }: YamlInput, comment: string): Place | undefined {
  const line = text.split("\n").findIndex((candidate) => candidate.includes(`#${comment}`));
  return line < 0 ? undefined : { file, line: line + 1, column: 1 };
}

/** What aliases stand for, by where they stand: the parser's own search walks the whole document for each of them. */
function targetsOf(document: Document): Map<number, Node> {
  const anchors = new Map<string, Node>();
  const targets = new Map<number, Node>();
  visit(document, {
    Node: (_key, node) => {
      if (isAlias(node)) {
        const target = anchors.get(node.source);
        if (target && node.range) targets.set(node.range[0], target);
      } else if (node.anchor) anchors.set(node.anchor, node);
    },
  });
  return targets;
}

function resolved(document: Document, node: unknown): unknown {
  const isAlias = typeof node === "object" && node !== null && "resolve" in node && typeof node.resolve === "function";
  return isAlias ? (node as { resolve(document: Document): unknown }).resolve(document) : node;
}

function notAMapping({ root }: YamlInput, at: Path): Unimportable {
  const message = "LiteLLM's configuration is not a mapping";
  const repair = "import the file that holds the configuration";
  return unimportable(placeOfName(root, at), showPath(at), message, repair);
}
