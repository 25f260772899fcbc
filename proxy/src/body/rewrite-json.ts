import { isUtf8 } from "node:buffer";
import { planInsertions } from "./insertions";
import { JsonScanner } from "./json-scanner";
import { BodyProblem, type BodyRefusal, judged } from "./problem";
import { ruleTree } from "./rule-tree";
import type { Insertion, MemberRules, MemberValue } from "./rules";
import { spliced } from "./spliced";

/** A body that may be forwarded. */
export interface RewrittenBody {
  readonly ok: true;
  /** To be sent one after the other. They share memory with the body that was handed in. */
  readonly chunks: readonly Buffer[];
  /** Bytes of all chunks. */
  readonly length: number;
  /** What the rules wanted to read, by path (`metadata.x`). */
  readonly values: ReadonlyMap<string, MemberValue>;
}

/** What became of a body. */
export type RewriteResult = RewrittenBody | BodyRefusal;

/**
 * Removes, reads and inserts members of a JSON body that is in memory as a whole.
 *
 * The buffer is changed in place; kept members stay byte for byte where they are. An empty body stays empty, unless something is
 * inserted.
 */
export function rewriteJson(body: Buffer, rules: MemberRules, insertions: readonly Insertion[] = []): RewriteResult {
  const tree = ruleTree(rules);
  const planned = planInsertions(insertions, tree);
  return judged(() => {
    if (body.length === 0 && insertions.length === 0) return { ok: true, chunks: [], length: 0, values: new Map() };
    if (!isUtf8(body)) throw new BodyProblem("bad_utf8", "the body is not UTF-8");
    const text = body.length === 0 ? Buffer.from("{}") : body;
    const scanner = new JsonScanner(tree, planned);
    scanner.scan(text, 0);
    if (!scanner.complete) throw new BodyProblem("truncated_json", "the body ends in the middle of a JSON object");
    const chunks = spliced(text, text.length, scanner.edits.takeInserted());
    return { ok: true, chunks, length: chunks.reduce((sum, chunk) => sum + chunk.length, 0), values: scanner.values };
  });
}
