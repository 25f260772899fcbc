import { BodyProblem, type BodyRefusal, judged } from "./problem";

/** How a body is written. */
export type BodyKind =
  | { readonly ok: true; readonly kind: "json" }
  | { readonly ok: true; readonly kind: "urlencoded" }
  | { readonly ok: true; readonly kind: "multipart"; readonly boundary: string };

/** RFC 9110, section 5.6.2. */
const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const CONTENT_TYPE = new RegExp(`^(${TOKEN}/${TOKEN})[ \\t]*((?:;[ \\t]*${TOKEN}=(?:${TOKEN}|"[^"\\\\]*")[ \\t]*)*);?$`);
const PARAMETER = new RegExp(`(${TOKEN})=(${TOKEN}|"[^"\\\\]*")`, "g");
/** RFC 2046, section 5.1.1: at most 70 characters of this set, the last one no space. */
const BOUNDARY = /^[0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-]$/;
const JSON_BODY = { ok: true, kind: "json" } as const;
const UTF8 = new Set(["utf-8", "utf8", "us-ascii"]);

/**
 * How a body is to be read, from its `Content-Type` and `Content-Encoding`.
 *
 * LiteLLM 1.108.10 reads everything as JSON that is not exactly one of the two forms, so what is neither of the three is refused
 * rather than guessed.
 */
export function bodyKind(contentType: string | undefined, contentEncoding: string | undefined): BodyKind | BodyRefusal {
  if (contentType === "application/json" && contentEncoding === undefined) return JSON_BODY;
  return judged(() => {
    if (contentEncoding !== undefined && contentEncoding.toLowerCase() !== "identity")
      throw new BodyProblem("compressed_body", "compressed bodies cannot be checked: send it without Content-Encoding");
    const [media, parameters] = parse(contentType ?? "");
    const charset = parameters.get("charset");
    if (charset !== undefined && !UTF8.has(charset.toLowerCase()))
      throw new BodyProblem("unsupported_charset", "the charset of the body must be utf-8");
    if (media === "application/json") return JSON_BODY;
    if (media === "application/x-www-form-urlencoded") return { ok: true, kind: "urlencoded" };
    if (media === "multipart/form-data") return { ok: true, kind: "multipart", boundary: checked(parameters.get("boundary")) };
    throw unsupported();
  });
}

function parse(contentType: string): [string, ReadonlyMap<string, string>] {
  const match = CONTENT_TYPE.exec(contentType);
  if (!match?.[1]) throw unsupported();
  const parameters = new Map<string, string>();
  for (const [, name = "", value = ""] of (match[2] ?? "").matchAll(PARAMETER)) {
    const key = name.toLowerCase();
    if (parameters.has(key)) throw unsupported();
    parameters.set(key, value.startsWith('"') ? value.slice(1, -1) : value);
  }
  return [match[1].toLowerCase(), parameters];
}

function checked(boundary: string | undefined): string {
  if (boundary === undefined || !BOUNDARY.test(boundary))
    throw new BodyProblem("bad_form", "the Content-Type has no boundary, or a malformed one");
  return boundary;
}

function unsupported(): BodyProblem {
  return new BodyProblem(
    "unsupported_media_type",
    "the Content-Type must be application/json, multipart/form-data or application/x-www-form-urlencoded, well-formed",
  );
}
