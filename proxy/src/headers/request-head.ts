/** Why the head of a request is not accepted. */
export type HeadCode = "header_malformed" | "header_repeated" | "framing_ambiguous" | "expectation_unsupported";

/** What became of a request's head. */
export type HeadResult =
  | { readonly ok: true; readonly lines: HeadLines }
  | { readonly ok: false; readonly code: HeadCode; readonly message: string };

/** RFC 9110, section 5.6.2: what a header name is made of. */
const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** No control characters but the tab, and no DEL. Bytes above are obsolete, and harmless in one line. */
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** The lines that decide how a request is read, by name in lower case. */
export type HeadLines = Readonly<Partial<Record<Single | "traceparent", string>>>;

/** Headers of which two lines, or two spellings, would leave it to the reader which one counts. */
const SINGLE = [
  "host",
  "content-length",
  "content-type",
  "content-encoding",
  "transfer-encoding",
  "expect",
  "upgrade",
  "authorization",
] as const;
type Single = (typeof SINGLE)[number];
const SINGLES: ReadonlySet<string> = new Set(SINGLE);

/**
 * Checks the lines of a request as the client sent them (`IncomingMessage.rawHeaders`) before anything is decided on them.
 *
 * Node's parser refuses most of what is tested here. It is tested again because a request that two servers cut differently
 * carries a second request past the proxy, and that must not hang on a parser's options.
 */
export function checkRequestHead(rawHeaders: readonly string[]): HeadResult {
  const lines: Partial<Record<string, string>> = {};
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] ?? "";
    const value = rawHeaders[i + 1] ?? "";
    if (!NAME.test(name) || !VALUE.test(value)) return no("header_malformed", "a header line is malformed");
    const repeated = noteLine(lines, name.toLowerCase(), value);
    if (repeated !== undefined) return no("header_repeated", `more than one ${repeated} header`);
  }
  return checkFraming(lines);
}

/** Notes a line that counts. The name of a header, when it may stand there only once and does not, or as a look-alike. */
function noteLine(lines: Partial<Record<string, string>>, name: string, value: string): string | undefined {
  // Some servers fold `_` into `-`; for what frames a request the look-alike counts as the header itself.
  const folded = name.includes("_") ? name.replaceAll("_", "-") : name;
  if (SINGLES.has(folded)) {
    if (lines[folded] !== undefined || folded !== name) return folded;
    lines[folded] = value;
  } else if (folded === "traceparent") lines[folded] = lines[folded] === undefined ? value : "several";
  return undefined;
}

function checkFraming(lines: HeadLines): HeadResult {
  const length = lines["content-length"];
  const coding = lines["transfer-encoding"];
  if (length !== undefined && coding !== undefined)
    return no("framing_ambiguous", "Content-Length and Transfer-Encoding exclude each other");
  if (length !== undefined && !/^\d{1,15}$/.test(length)) return no("framing_ambiguous", "Content-Length is not a number");
  if (coding !== undefined && coding.toLowerCase() !== "chunked")
    return no("framing_ambiguous", "the only Transfer-Encoding that is accepted is chunked");
  const { expect } = lines;
  if (expect !== undefined && expect.toLowerCase() !== "100-continue")
    return no("expectation_unsupported", "the only expectation that is accepted is 100-continue");
  return { ok: true, lines };
}

function no(code: HeadCode, message: string): HeadResult {
  return { ok: false, code, message };
}
