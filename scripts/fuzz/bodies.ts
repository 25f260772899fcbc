import type { MemberPath, MemberRules } from "../../proxy/src/body";
import type { Random } from "./random";

/** What a spoofing client calls itself. */
export const SPOOF = "eve";

const SPACES = ["", "", "", "", " ", "\n  ", "\t", "\r\n"];
const INNOCENT: readonly (readonly [name: string, value: string])[] = [
  ["messages", `[{"role":"user","content":"hi","user":"kept","tags":["kept"],"metadata":{"tags":1}}]`],
  ["messages", `[{"role":"user","content":"{\\"user\\":\\"in text\\",\\"a\\":[\\"}]\\\\\\\\\\"]}"}]`],
  ["input", `["größe","名字","\\ud83d\\ude00","😀"]`],
  ["temperature", "1.0"],
  ["seed", "9007199254740993"],
  ["tools", "[]"],
  ["n", "1E0"],
  ["stop", `["\\n","\\\\"]`],
  ["logit_bias", `{"50256":-100}`],
  ["response_format", `{"type":"json_schema","schema":{"properties":{"user":{"type":"string"}}}}`],
  ["users", `"kept"`],
  ["tag", `"kept"`],
  ["unknown_名", "null"],
  // Long enough to be looked at many bytes at a time, with quotes, backslashes and brackets in the text.
  ["functions", `[${Array.from({ length: 6 }, (_, i) => `{"name":"f${i}","user":"kept","about":"\\"}]\\\\"}`).join(",")}]`],
  ["prompt", `"${`say \\"user\\":[{ \\\\ `.repeat(24)}"`],
  ["", "0"],
];
const CLAIMS = [
  `"${SPOOF}"`,
  `["${SPOOF}"]`,
  `{"user":"${SPOOF}","tags":["${SPOOF}"],"user_id":"${SPOOF}"}`,
  "null",
  "7",
  "true",
  "[]",
  "{}",
];

/** A JSON body such as a client may send, with claims of another identity in it. All of them are forwarded by rights. */
export function jsonBody(random: Random, rules: MemberRules): string {
  const members = [...some(random, INNOCENT), ...claims(random, rules, [])].map(([name, value]) => member(random, name, value));
  const seen = new Set<string>();
  if (random.chance(0.8)) members.push(member(random, "model", random.chance(0.9) ? `"gpt-4o"` : `"gpt-\\u0034o"`));
  if (random.chance(0.5)) members.push(member(random, "metadata", metadata(random, rules)));
  const unique = members.filter(({ key }) => !seen.has(key) && seen.add(key)).map(({ text }) => text);
  return object(random, random.shuffled(unique));
}

function metadata(random: Random, rules: MemberRules): string {
  if (random.chance(0.1)) return "null";
  const innocent = some<readonly [string, string]>(random, [
    ["trace", `"kept"`],
    ["tag", "1"],
    ["nested", `{"tags":["kept"],"user_id":1}`],
  ]);
  const seen = new Set<string>();
  const members = [...innocent, ...claims(random, rules, ["metadata"])].map(([name, value]) => member(random, name, value));
  return object(random, random.shuffled(members.filter(({ key }) => !seen.has(key) && seen.add(key)).map(({ text }) => text)));
}

/** Members that the rules remove, inside of `container`. */
function claims(random: Random, rules: MemberRules, container: readonly string[]): [string, string][] {
  const depth = container.length;
  const names: readonly MemberPath[] = rules.remove.filter(
    (path) => path.length === depth + 1 && container.every((step, i) => path[i] === step),
  );
  return some(random, names, 4).map((path): [string, string] => [(path[depth] ?? "").replace("*", "_x"), random.pick(CLAIMS)]);
}

function member(random: Random, name: string, value: string): { key: string; text: string } {
  const space = (): string => random.pick(SPACES);
  return { key: name.toLowerCase(), text: `${space()}${quoted(random, name)}${space()}:${space()}${value}${space()}` };
}

/** A name, sometimes with letters written as escapes or in the other case. */
function quoted(random: Random, name: string): string {
  if (!random.chance(0.15)) return JSON.stringify(name);
  const letters = [...name].map((letter) => (random.chance(0.3) && /[a-z_]/.test(letter) ? escaped(random, letter) : letter));
  return `"${letters.join("")}"`;
}

/** `\u0075` for `u`, with hexadecimal digits in either case. */
export function escaped(random: Random, letter: string): string {
  const hex = letter.charCodeAt(0).toString(16).padStart(4, "0");
  return `\\u${random.chance(0.5) ? hex : hex.toUpperCase()}`;
}

function object(random: Random, members: readonly string[]): string {
  return `${random.pick(SPACES)}{${members.join(",")}${random.pick(SPACES)}}${random.pick(SPACES)}`;
}

function some<T>(random: Random, items: readonly T[], most = items.length): T[] {
  return random.shuffled(items).slice(0, random.below(Math.min(most, items.length) + 1));
}
