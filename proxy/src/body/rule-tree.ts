import type { MemberPath, MemberRules } from "./rules";

/** What the rules say about one member. */
export interface RuleNode {
  /** As it is shown in messages: `metadata.tags`. */
  readonly path: string;
  /** The exact name, or the beginning of a name with `*` behind it. */
  readonly name: string;
  /** Whether `name` is the beginning of a name. */
  readonly isPrefix: boolean;
  remove: boolean;
  refuse: boolean;
  read: boolean;
  object: boolean;
  text: boolean;
  /** Whether the rules name members inside: their order is that of the scan. */
  readonly children: Map<string, RuleNode>;
  /** Children whose rule is the beginning of a name, in lower case. */
  readonly prefixes: (readonly [string, RuleNode])[];
  /** Children by the {@link asciiHash} of their names; of those with the same one of them. */
  readonly hashes: Map<number, RuleNode>;
}

const BACKSLASH = 0x5c;

const compiled = new WeakMap<MemberRules, RuleNode>();

/** The rules as a tree that the scanner walks; the same object for the same rules. */
export function ruleTree(rules: MemberRules): RuleNode {
  const known = compiled.get(rules);
  if (known) return known;
  const root = node("", "");
  for (const path of rules.remove) at(root, path).remove = true;
  for (const path of rules.refuse) at(root, path).refuse = true;
  for (const path of rules.read) at(root, path).read = true;
  for (const path of rules.objects) at(root, path).object = true;
  for (const path of rules.texts) at(root, path).text = true;
  compiled.set(rules, root);
  return root;
}

/** The rule for a member of the object that `parent` stands for. */
export function ruleFor(parent: RuleNode, name: string): RuleNode | undefined {
  const folded = fold(name);
  const exact = parent.children.get(folded);
  if (exact) return exact;
  for (const [prefix, rule] of parent.prefixes) if (folded.startsWith(prefix)) return rule;
  return undefined;
}

/**
 * What the bytes of a name tell: the rule for exactly this name; `none` when there is certainly none, as for most members; else
 * `unsure`, and the name is to be made text, which takes longer than all the rest.
 */
export function ruleByBytes(
  { hashes, prefixes }: RuleNode,
  bytes: Buffer,
  from: number,
  to: number,
): RuleNode | "none" | "unsure" {
  let hash = 0;
  for (let i = from; i < to; i++) {
    const byte = bytes[i] ?? 0;
    if (byte < 0x20 || byte > 0x7e || byte === BACKSLASH) return "unsure";
    hash = nextHash(hash, byte);
  }
  const rule = hashes.get(hash);
  if (rule) return isSpeltBy(rule.name, bytes, from, to) ? rule : "unsure";
  for (const [prefix] of prefixes) if (beginsWith(bytes, from, to, prefix)) return "unsure";
  return "none";
}

function isSpeltBy(name: string, bytes: Buffer, from: number, to: number): boolean {
  if (to - from !== name.length) return false;
  for (let i = 0; i < name.length; i++) if (bytes[from + i] !== name.charCodeAt(i)) return false;
  return true;
}

function beginsWith(bytes: Buffer, from: number, to: number, prefix: string): boolean {
  if (to - from < prefix.length) return false;
  for (let i = 0; i < prefix.length; i++) {
    if (lowerCase(bytes[from + i] ?? 0) !== prefix.charCodeAt(i)) return false;
  }
  return true;
}

/** Names that differ in the case of their letters only have the same. */
function asciiHash(name: string): number {
  let hash = 0;
  for (let i = 0; i < name.length; i++) hash = nextHash(hash, name.charCodeAt(i));
  return hash;
}

function nextHash(hash: number, byte: number): number {
  return (Math.imul(hash, 31) + lowerCase(byte)) | 0;
}

function lowerCase(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte;
}

/**
 * A name as the most tolerant gateway compares it: Go's encoding/json takes `User`, `uſer` (U+017F) and a Kelvin sign for the
 * plain letters.
 */
export function fold(name: string): string {
  const lower = name.toLowerCase();
  return lower.includes("ſ") ? lower.replaceAll("ſ", "s") : lower;
}

function at(root: RuleNode, path: MemberPath): RuleNode {
  return path.reduce(child, root);
}

function child(parent: RuleNode, name: string): RuleNode {
  const path = parent.path === "" ? name : `${parent.path}.${name}`;
  if (name.endsWith("*")) {
    const rule = node(path, name);
    parent.prefixes.push([fold(name.slice(0, -1)), rule]);
    return rule;
  }
  const key = fold(name);
  const known = parent.children.get(key);
  if (known) return known;
  const rule = node(path, name);
  parent.children.set(key, rule);
  parent.hashes.set(asciiHash(key), rule);
  return rule;
}

function node(path: string, name: string): RuleNode {
  return {
    path,
    name,
    isPrefix: name.endsWith("*"),
    remove: false,
    refuse: false,
    read: false,
    object: false,
    text: false,
    children: new Map(),
    prefixes: [],
    hashes: new Map(),
  };
}
