export { type BodyKind, bodyKind } from "./content-type";
export { JsonRewriter, type RewriterOptions, type RewrittenPiece } from "./json-rewriter";
export { MultipartRewriter } from "./multipart";
export type { BodyCode, BodyRefusal } from "./problem";
export { type RewriteResult, type RewrittenBody, rewriteJson } from "./rewrite-json";
export type { Insertion, MemberPath, MemberRules, MemberValue } from "./rules";
export { rewriteUrlencoded } from "./urlencoded";
