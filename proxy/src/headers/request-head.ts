import { isHeaderLine } from "./header-lines";

/** Why the head of a request is not accepted. */
export type HeadCode = "header_malformed" | "header_repeated" | "framing_ambiguous" | "expectation_unsupported";

/** What became of a request's head. */
export type HeadResult =
  | { readonly ok: true; readonly lines: HeadLines }
  | { readonly ok: false; readonly code: HeadCode; readonly message: string };

/** The lines that decide how a request is read, by name in lower case. */
export type HeadLines = Readonly<Lines>;
type Lines = Record<Single | "traceparent", string | undefined>;

/**
 * None of them. All requests have all names from the beginning: objects that got them in the order of the client's lines would be of
 * another kind for V8 with each client, and whatever reads them would be compiled again and again.
 */
function noLines(): Lines {
  return {
    host: undefined,
    "content-length": undefined,
    "content-type": undefined,
    "content-encoding": undefined,
    "transfer-encoding": undefined,
    expect: undefined,
    upgrade: undefined,
    authorization: undefined,
    traceparent: undefined,
  };
}

/** A head without any of them. */
export const NO_LINES: HeadLines = noLines();

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
const SINGLES: ReadonlyMap<string, Single> = new Map(SINGLE.map((name) => [name, name]));
/** Lengths of the names that {@link noteLine} knows: most lines need no second look. */
const LENGTHS: ReadonlySet<number> = new Set([...SINGLE, "traceparent"].map((name) => name.length));

/**
 * Checks the lines of a request as the client sent them (`IncomingMessage.rawHeaders`) before anything is decided on them.
 *
 * Node's parser refuses most of what is tested here. It is tested again because a request that two servers cut differently
 * carries a second request past the proxy, and that must not hang on a parser's options.
 *
 * @param wellFormed whether names and values hold nothing that they may not, where that has been tested
 */
export function checkRequestHead(rawHeaders: readonly string[], wellFormed = areWellFormed(rawHeaders)): HeadResult {
  if (!wellFormed) return no("header_malformed", "a header line is malformed");
  const lines = noLines();
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] ?? "";
    if (!LENGTHS.has(name.length)) continue;
    const repeated = noteLine(lines, name.toLowerCase(), rawHeaders[i + 1] ?? "");
    if (repeated !== undefined) return no("header_repeated", `more than one ${repeated} header`);
  }
  return checkFraming(lines);
}

function areWellFormed(rawHeaders: readonly string[]): boolean {
  return rawHeaders.every((name, index) => index % 2 === 1 || isHeaderLine(name, rawHeaders[index + 1] ?? ""));
}

/** Notes a line that counts. The name of a header, when it may stand there only once and does not, or as a look-alike. */
function noteLine(lines: Lines, name: string, value: string): string | undefined {
  // Some servers fold `_` into `-`; for what frames a request the look-alike counts as the header itself.
  const folded = name.includes("_") ? name.replaceAll("_", "-") : name;
  const single = SINGLES.get(folded);
  if (single !== undefined) {
    if (lines[single] !== undefined || folded !== name) return single;
    lines[single] = value;
  } else if (folded === "traceparent") lines.traceparent = lines.traceparent === undefined ? value : "several";
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
