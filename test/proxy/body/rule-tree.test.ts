import type { MemberRules } from "../../../proxy/src/body";
import { memberName } from "../../../proxy/src/body/member-text";
import { BodyProblem } from "../../../proxy/src/body/problem";
import { type RuleNode, ruleByBytes, ruleFor, ruleTree } from "../../../proxy/src/body/rule-tree";
import { RULES } from "./rules";

/** With names in capitals and with letters that fold to ASCII, a name that cannot be spelt in ASCII, and a prefix of each kind. */
const ODD: MemberRules = {
  remove: [
    ["User"],
    ["to\u{212a}en"],
    ["naïve"],
    ["cla\u{17f}s*"],
    ["X-*"],
    ["metadata", "tags"],
    ["metadata", "tag*"],
    ["über*"],
  ],
  refuse: [],
  read: [["Aa"], ["model"]],
  objects: [],
  texts: [],
};

const trees = [RULES, ODD].map(ruleTree);

/** What is decided about a name, found by making it text: as slowly as one likes. */
function byText(rule: RuleNode, quoted: Buffer): RuleNode | string | undefined {
  try {
    return ruleFor(rule, memberName(quoted, 0, quoted.length));
  } catch (error) {
    if (error instanceof BodyProblem) return error.code;
    throw error;
  }
}

/** The same by way of the bytes. A rule that they name must be one for exactly this name. */
function byBytes(rule: RuleNode, quoted: Buffer): RuleNode | string | undefined {
  const around = Buffer.concat([Buffer.from('{"user":1,'), quoted, Buffer.from(":2}")]);
  const from = 11;
  const known = ruleByBytes(rule, around, from, from + quoted.length - 2);
  if (known === "none") return undefined;
  if (known === "unsure") return byText(rule, quoted);
  if (memberName(quoted, 0, quoted.length) !== known.name) throw new Error(`${quoted.toString()} is not ${known.name}`);
  return known;
}

function agree(rule: RuleNode, name: string | Buffer): void {
  const quoted = Buffer.concat([Buffer.from('"'), Buffer.from(name), Buffer.from('"')]);
  const [slow, fast] = [byText(rule, quoted), byBytes(rule, quoted)];
  if (slow !== fast) throw new Error(`${JSON.stringify(quoted.toString())}: ${show(slow)} by text, ${show(fast)} by bytes`);
}

const show = (verdict: RuleNode | string | undefined): string =>
  typeof verdict === "object" ? `the rule ${verdict.path}` : (verdict ?? "none");

function nodes(root: RuleNode): RuleNode[] {
  const inside = [...root.children.values(), ...root.prefixes.map(([, rule]) => rule)];
  return [root, ...inside.flatMap(nodes)];
}

/** Numbers that are the same in every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >>> 8) % below;
  };
}

/** Every way to write one letter that some reader takes for it, and some that none does. */
function spellings(letter: string): string[] {
  const code = letter.charCodeAt(0).toString(16).padStart(4, "0");
  const odd: Record<string, string[]> = {
    k: ["\u{212a}", "\\u212a", "\\u212A"],
    s: ["\u{17f}", "\\u017f", "\\u017F"],
    i: ["İ", "ı"],
  };
  const escapes = [`\\u${code}`, `\\u${code.toUpperCase()}`];
  return [
    letter,
    letter.toUpperCase(),
    letter.toLowerCase(),
    ...escapes,
    ...(odd[letter.toLowerCase()] ?? []),
    `${letter}\u{301}`,
  ];
}

const LOWEST = 0x5d;

/** Names of seven other letters with the same hash: the digits of one number to the base of the hash, 31. */
function sameHash(name: string): string[] {
  const modulus = 2 ** 32;
  const hash = [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % modulus, 0);
  const least = Array.from({ length: 7 }).reduce((sum: number) => sum * 31 + LOWEST, 0);
  const rest = (hash + Math.ceil(least / modulus) * modulus - least) % modulus;
  return [0, 1, 2, 3, 4].map((times) => lettersOf(rest + times * modulus));
}

function lettersOf(number: number): string {
  let text = "";
  for (let left = number; text.length < 7; left = Math.floor(left / 31)) text = String.fromCharCode(LOWEST + (left % 31)) + text;
  return text;
}

describe("a rule found by the bytes of a name is the one that its text has", () => {
  const all = trees.flatMap(nodes);
  const parents = all.filter(({ children, prefixes }) => children.size + prefixes.length > 0);
  const names = all.map(({ name }) => name).filter((name) => name !== "");
  const everywhere = (name: string): void => {
    for (const parent of parents) agree(parent, name);
  };

  it("for names that are spelt in other ways, letter by letter", () => {
    for (const name of names.map((rule) => rule.replace("*", ""))) {
      for (let i = 0; i < name.length; i++) {
        for (const spelt of spellings(name[i] ?? "")) {
          for (const end of ["", "x", "\\", "\u{0}", "\\ud800", "\u{7f}"])
            everywhere(name.slice(0, i) + spelt + name.slice(i + 1) + end);
        }
      }
    }
  });

  it("for names with the same hash as one that has a rule", () => {
    const tree = ruleTree({
      remove: [["user"], ["tags"], ["metadata"], ["litellm_params"]],
      refuse: [],
      read: [],
      objects: [],
      texts: [],
    });
    for (const name of tree.children.keys()) {
      for (const other of sameHash(name)) {
        const bytes = Buffer.from(other);
        // "unsure" says that the hash is known: the name would be `none` otherwise.
        expect([other, ruleByBytes(tree, bytes, 0, bytes.length)]).toEqual([other, "unsure"]);
        agree(tree, other);
      }
    }
  });

  it.each([0, 1, 2])("where rules have names with the same hash, whichever comes last (%i)", (first) => {
    const same = ["user", ...sameHash("user").slice(0, 2)];
    const turned = [...same.slice(first), ...same.slice(0, first)];
    const tree = ruleTree({ remove: turned.map((name) => [name]), refuse: [], read: [], objects: [], texts: [] });
    expect(new Set(tree.hashes.keys()).size).toBe(1);
    for (const name of same) {
      agree(tree, name);
      expect(ruleFor(tree, name)?.path).toBe(name);
    }
  });

  it("for any bytes", () => {
    const next = numbers(20_261_121);
    const letters = [..."userTAGSmodl*_-. \\/ſKİé😀", "\u{0}", "\u{1f}", "\u{7f}", "\\u", "00", "7", "d83d", "\\ud83d\\ude00"];
    for (let round = 0; round < 10_000; round++) {
      const base = names[next(names.length)] ?? "";
      const cut = base.slice(0, next(base.length + 1));
      const more = Array.from({ length: next(5) }, () => letters[next(letters.length)]).join("");
      everywhere(cut + more + (next(3) === 0 ? base.slice(cut.length) : ""));
    }
  });
});
