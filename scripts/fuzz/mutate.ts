import { escaped, SPOOF } from "./bodies";
import type { Random } from "./random";

/** Damages a body, in the ways that make two readers disagree. */
export function mutated(random: Random, body: Buffer): Buffer {
  let text = body;
  for (let count = 1 + random.below(3); count > 0; count--) text = random.pick(MUTATIONS)(random, text);
  return text;
}

type Mutation = (random: Random, body: Buffer) => Buffer;

const STRUCTURE = [
  '"',
  "\\",
  "{",
  "}",
  "[",
  "]",
  ":",
  ",",
  "'",
  " ",
  "\n",
  "\0",
  "\u00a0",
  "\u2028",
  "\ufeff",
  "/",
  "u",
  "0",
  "n",
];
const TOKENS = [
  "/**/",
  "//",
  "NaN",
  "-Infinity",
  "null",
  "true",
  "1e999",
  '""',
  "\\u",
  "\\ud800",
  "\\x75",
  '\\"',
  "\\\\",
  ",,",
  "{}",
  "[]",
];
const NAMES = [
  "user",
  "tags",
  "metadata",
  "litellm_metadata",
  "litellm_params",
  "user_api_key_x",
  "user_id",
  "model",
  "safety_identifier",
];
const LOOK_ALIKES: readonly (readonly [string, string])[] = [
  ["s", "ſ"],
  ["k", "\u212a"],
  ["u", "ｕ"],
  ["a", "а"],
  ["user", "USER"],
  ["user", "User"],
  ["tags", "tags "],
  ["metadata", "Metadata"],
];
const TAILS = [`{"user":"${SPOOF}"}`, `,"user":"${SPOOF}"}`, "\0", "x", "}", "]", `\n{"tags":["${SPOOF}"]}`, "\u00ff", "  "];

const claim = (random: Random): string => {
  const name = random.pick(NAMES);
  const inner = `{"tags":["${SPOOF}"],"user":"${SPOOF}","user_id":"${SPOOF}"}`;
  return `"${name}":${random.pick([`"${SPOOF}"`, `["${SPOOF}"]`, inner, JSON.stringify(inner)])}`;
};

const MUTATIONS: readonly Mutation[] = [
  (random, body) => changed(body, random.below(body.length), (byte) => byte ^ (1 << random.below(8))),
  (random, body) => changed(body, random.below(body.length), () => random.pick(STRUCTURE).charCodeAt(0) & 0xff),
  (random, body) => inserted(body, random.below(body.length + 1), random.pick(STRUCTURE)),
  (random, body) => inserted(body, random.below(body.length + 1), random.pick(TOKENS)),
  (random, body) => insertedBytes(body, random.below(body.length + 1), Buffer.from([random.below(256)])),
  (random, body) => cut(body, random.below(body.length), 1 + random.below(8)),
  (random, body) => insertedBytes(body, random.below(body.length + 1), piece(random, body)),
  (random, body) => inserted(body, behind(random, body, "{,"), `${claim(random)},`),
  (random, body) => inserted(body, behind(random, body, "{,"), `${claim(random)},`),
  (random, body) => inserted(body, before(random, body), `,${claim(random)}`),
  (random, body) => escapedLetter(random, body),
  (random, body) => replaced(random, body, LOOK_ALIKES),
  (random, body) => body.subarray(0, random.below(body.length + 1)),
  (random, body) => inserted(body, body.length, random.pick(TAILS)),
  (random, body) => inserted(body, behind(random, body, ":[{,"), random.pick(TOKENS)),
];

function changed(body: Buffer, position: number, change: (byte: number) => number): Buffer {
  const copy = Buffer.from(body);
  if (position < copy.length) copy[position] = change(copy[position] ?? 0);
  return copy;
}

function inserted(body: Buffer, position: number, text: string): Buffer {
  return insertedBytes(body, position, Buffer.from(text));
}

function insertedBytes(body: Buffer, position: number, bytes: Buffer): Buffer {
  return Buffer.concat([body.subarray(0, position), bytes, body.subarray(position)]);
}

function cut(body: Buffer, position: number, length: number): Buffer {
  return Buffer.concat([body.subarray(0, position), body.subarray(position + length)]);
}

function piece(random: Random, body: Buffer): Buffer {
  const from = random.below(body.length + 1);
  return body.subarray(from, from + random.below(64));
}

/** A position behind one of some characters. */
function behind(random: Random, body: Buffer, characters: string): number {
  const start = random.below(body.length + 1);
  for (let i = start; i < body.length; i++) if (characters.includes(String.fromCharCode(body[i] ?? 0))) return i + 1;
  return start;
}

/** The position before a closing brace. */
function before(random: Random, body: Buffer): number {
  const at = body.indexOf("}", random.below(body.length + 1));
  return at < 0 ? body.length : at;
}

function escapedLetter(random: Random, body: Buffer): Buffer {
  const at = behind(random, body, '"');
  const letter = String.fromCharCode(body[at] ?? 0x61);
  return Buffer.concat([body.subarray(0, at), Buffer.from(escaped(random, letter)), body.subarray(at + 1)]);
}

function replaced(random: Random, body: Buffer, pairs: readonly (readonly [string, string])[]): Buffer {
  const [from, to] = random.pick(pairs);
  const at = body.indexOf(from, random.below(body.length + 1));
  return at < 0 ? body : Buffer.concat([body.subarray(0, at), Buffer.from(to), body.subarray(at + from.length)]);
}
