import {
  type BodyKind,
  type BodyRefusal,
  type Insertion,
  JsonRewriter,
  type MemberRules,
  type MemberValue,
  MultipartRewriter,
  type RewriteResult,
  type RewrittenPiece,
  rewriteJson,
  rewriteUrlencoded,
} from "../body";

/** A body as it is read: not refused. */
export type ReadableKind = Extract<BodyKind, { ok: true }>;

/** Rewrites a body while it comes. */
export interface StreamRewriter {
  /** Bytes by which the body grows. */
  readonly growth: number;
  /** What was read so far, by path. */
  readonly values: ReadonlyMap<string, MemberValue>;
  /** Whether a chunk is not looked at again once `feed` has returned, but for the pieces that were given out. */
  readonly forgets: boolean;
  feed(chunk: Buffer): RewrittenPiece | BodyRefusal;
  end(): RewrittenPiece | BodyRefusal;
}

/** The content type that the gateway is told: of what the body was read as, not of what the client wrote. */
export function contentTypeOf(kind: ReadableKind): string {
  if (kind.kind === "json") return "application/json";
  return kind.kind === "urlencoded" ? "application/x-www-form-urlencoded" : `multipart/form-data; boundary="${kind.boundary}"`;
}

/** Rewrites a body that is there as a whole. */
export function rewriteWhole(
  kind: ReadableKind,
  body: Buffer,
  rules: MemberRules,
  insertions: readonly Insertion[],
): RewriteResult {
  if (kind.kind === "json") return rewriteJson(body, rules, insertions);
  if (kind.kind === "urlencoded") return rewriteUrlencoded(body, rules, insertions);
  const rewriter = new MultipartRewriter(kind.boundary, rules, { insertions });
  const pieces = [rewriter.feed(body), rewriter.end()];
  const chunks: Buffer[] = [];
  for (const piece of pieces) {
    if (!piece.ok) return piece;
    chunks.push(...piece.chunks);
  }
  return { ok: true, chunks, length: chunks.reduce((sum, chunk) => sum + chunk.length, 0), values: rewriter.values };
}

/** A rewriter for a body that comes piece by piece; undefined for a kind that is only read as a whole. `length` is -1 where it is not known. */
export function streamRewriter(
  kind: ReadableKind,
  rules: MemberRules,
  insertions: readonly Insertion[],
  length: number,
): StreamRewriter | undefined {
  const options = { insertions, ...(length >= 0 && { length }) };
  if (kind.kind === "json") return new JsonRewriter(rules, options);
  return kind.kind === "multipart" ? new MultipartRewriter(kind.boundary, rules, options) : undefined;
}
