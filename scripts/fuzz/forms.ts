import { type Insertion, type MemberRules, MultipartRewriter } from "../../proxy/src/body";
import { SPOOF } from "./bodies";
import type { Expectation } from "./judge";
import type { Random } from "./random";

/** The boundary of all forms. */
export const BOUNDARY = "fuzz-boundary";

const INNOCENT = ["file", "prompt", "language", "timestamp_granularities[]", "名", "users"];
const VALUES = [SPOOF, "", "gpt-4o", `{"user":"${SPOOF}","tags":["${SPOOF}"]}`, "\r\n--fuzz\r\n--fuzz-boundar", "größe\0\r\n"];
const TOKENS = [
  `\r\n--${BOUNDARY}\r\n`,
  `\n--${BOUNDARY}\n`,
  `\r\n--${BOUNDARY}--\r\n`,
  `--${BOUNDARY}`,
  `\r\n--${BOUNDARY}\r\nContent-Disposition: form-data; name="user"\r\n\r\n${SPOOF}`,
  `\r\nContent-Disposition: form-data; name="user"`,
  `; name="user"`,
  `; name*=utf-8''user`,
  `; filename="a"`,
  `\r\n\r\n`,
  "\r\n",
  '"',
  '\\"',
  "%22",
  ";",
  "user",
];

/** A form such as a client may send, with claims of another identity in it. */
export function formBody(random: Random, rules: MemberRules): string {
  const claims = rules.remove.filter((path) => path.length === 1).map(([name = ""]) => name.replace("*", "_x"));
  const count = random.below(6);
  const names = Array.from({ length: count }, () => (random.chance(0.5) ? random.pick(claims) : random.pick(INNOCENT)));
  if (random.chance(0.7)) names.push("model");
  return `${random
    .shuffled(names)
    .map((name) => part(random, name))
    .join("")}--${BOUNDARY}--${random.pick(["", "\r\n", "\r\n\r\n"])}`;
}

/** Puts something of a form where it does not belong. */
export function spoiltForm(random: Random, body: Buffer): Buffer {
  const at = random.below(body.length + 1);
  return Buffer.concat([body.subarray(0, at), Buffer.from(random.pick(TOKENS)), body.subarray(at)]);
}

/** The form as it is forwarded, in pieces of random size; or the code of the refusal. `known`: its length was announced. */
export function rewrittenForm(
  random: Random,
  body: Buffer,
  rules: MemberRules,
  insertions: readonly Insertion[],
  known: boolean,
): Buffer | string {
  const rewriter = new MultipartRewriter(BOUNDARY, rules, { insertions, ...(known && { length: body.length }) });
  const out: Buffer[] = [];
  const longest = random.pick([1, 16, 64, 1000]);
  for (let from = 0; from < body.length; ) {
    const to = from + 1 + random.below(longest);
    const piece = rewriter.feed(Buffer.from(body.subarray(from, to)));
    if (!piece.ok) return piece.code;
    out.push(...piece.chunks);
    from = to;
  }
  const last = rewriter.end();
  if (!last.ok) return last.code;
  const result = Buffer.concat([...out, ...last.chunks]);
  if (known && result.length !== body.length + rewriter.growth) throw new Error("the length is not what was announced");
  return result;
}

/** What is wrong with a forwarded form as undici reads it; undefined for nothing, or for a damaged form that undici refuses. */
export async function formProblem(body: Buffer, expected: Expectation, isWhole: boolean): Promise<string | undefined> {
  const headers = { "content-type": `multipart/form-data; boundary=${BOUNDARY}` };
  const form = await new Response(new Uint8Array(body), { headers }).formData().catch(() => undefined);
  if (!form) return isWhole ? "the form cannot be read any more" : undefined;
  const fields: [string, string][] = [];
  // The value may be a file, which no verified one is.
  form.forEach((value, name) => {
    fields.push([name, String(value)]);
  });
  for (const [path, value] of Object.entries(expected.inserted)) {
    const values = fields.filter(([name]) => name === path).map(([, text]) => text);
    if (values.length !== 1 || values[0] !== JSON.stringify(value)) return `${path} is not the verified one, or not the only one`;
  }
  const wrong = fields.find(([name]) => !(name in expected.inserted) && isForbidden(name, expected.root));
  return wrong && `${wrong[0]} is there`;
}

function isForbidden(name: string, rules: readonly string[]): boolean {
  const folded = (name.split("[")[0] ?? "").toLowerCase().replaceAll("ſ", "s");
  return rules.some((rule) => (rule.endsWith("*") ? folded.startsWith(rule.slice(0, -1)) : folded === rule));
}

function part(random: Random, name: string): string {
  const file = name === "file" ? `; filename="a.mp3"\r\nContent-Type: audio/mpeg` : "";
  const spelt = name === "model" ? name : random.pick([name, name, name, name.toUpperCase(), `${name}[]`, `${name}[x]`]);
  return `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${spelt}"${file}\r\n\r\n${random.pick(VALUES)}\r\n`;
}
