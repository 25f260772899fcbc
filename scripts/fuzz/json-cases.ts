import { type Insertion, JsonRewriter, type MemberRules, rewriteJson } from "../../proxy/src/body";
import type { Random } from "./random";

/** A body as it is forwarded, and what is wrong with its bytes. */
export interface Rewritten {
  readonly body: Buffer;
  readonly problem?: string;
}

/** The body as it is forwarded, from the whole or from pieces; or the code of the refusal. */
export function rewrittenJson(
  random: Random,
  body: Buffer,
  rules: MemberRules,
  insertions: readonly Insertion[],
): Rewritten | string {
  if (random.chance(0.5)) return inPieces(random, body, rules, insertions);
  const result = rewriteJson(Buffer.from(body), rules, insertions);
  if (!result.ok) return result.code;
  const after = Buffer.concat(result.chunks);
  const problem = insertions.length === 0 ? bytesProblem(body, after) : undefined;
  return problem === undefined ? { body: after } : { body: after, problem };
}

/** The body in pieces of random size, as a socket delivers it. */
function inPieces(random: Random, body: Buffer, rules: MemberRules, insertions: readonly Insertion[]): Rewritten | string {
  const known = random.chance(0.5);
  const rewriter = new JsonRewriter(rules, { insertions, ...(known && { length: body.length }) });
  const out: Buffer[] = [];
  const longest = random.pick([1, 4, 16, 64, 1000]);
  for (let from = 0; from < body.length; ) {
    const to = from + 1 + random.below(longest);
    const piece = rewriter.feed(Buffer.from(body.subarray(from, to)));
    if (!piece.ok) return piece.code;
    out.push(...piece.chunks.map((chunk) => Buffer.from(chunk)));
    from = to;
  }
  const last = rewriter.end();
  if (!last.ok) return last.code;
  const after = Buffer.concat([...out, ...last.chunks]);
  const asAnnounced = !known || after.length === body.length + rewriter.growth;
  return asAnnounced ? { body: after } : { body: after, problem: "the length is not what was announced" };
}

/** Without insertions every byte is the same, or a space. */
function bytesProblem(before: Buffer, after: Buffer): string | undefined {
  if (before.length !== after.length) return "the length changed";
  const changed = after.findIndex((byte, i) => byte !== before[i] && byte !== 0x20);
  return changed < 0 ? undefined : `byte ${changed} changed`;
}
