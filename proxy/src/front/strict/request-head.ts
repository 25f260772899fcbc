import { METHODS } from "node:http";
import { checkRequestHead, type HeadResult } from "../../headers";

/** Where the body of a request ends. */
export type BodyFraming =
  | { readonly kind: "none" | "chunked" | "unknown" }
  | { readonly kind: "length"; readonly length: number };

/** The head of a request. */
export interface StrictHead {
  readonly method: string;
  readonly target: string;
  /** Names and values in turn, a character for each byte. */
  readonly rawHeaders: readonly string[];
  readonly checked: HeadResult;
  /** `unknown` where {@link checked} refuses the head: nothing behind it can be read. */
  readonly body: BodyFraming;
  /** The client wants the connection closed behind the answer. */
  readonly closes: boolean;
  /** The client wants another protocol. */
  readonly upgrades: boolean;
}

/** The status line of an answer to what is no request. */
export type HeadProblem = "400 Bad Request" | "505 HTTP Version Not Supported";

const REQUEST_LINE = /^([A-Z-]{1,20}) (\/[\x21-\x7e]*) HTTP\/1\.1$/;
const OTHER_VERSION = /^[A-Z-]{1,20} \/[\x21-\x7e]* HTTP\/\d\.\d$/;
/** Those that Node knows, too. A tunnel is none of a gateway's services. */
const KNOWN_METHODS: ReadonlySet<string> = new Set(METHODS.filter((method) => method !== "CONNECT"));
const OUTER_SPACE = /^[ \t]+|[ \t]+$/g;
const TAB = 0x09;
const CONNECTION = "connection";

/**
 * Reads the head of a request.
 *
 * It is only taken apart here, at each line end and first colon. What stands in the pieces is judged by `checkRequestHead`, which
 * refuses control characters (so a lone CR or LF too), spaces in names (so folded lines too), and framing that can be read in two ways.
 *
 * @param text all lines without the last line end, bytes as Latin-1
 */
export function readRequestHead(text: string): StrictHead | HeadProblem {
  const lineEnd = text.indexOf("\r\n");
  const first = lineEnd < 0 ? text : text.slice(0, lineEnd);
  const match = REQUEST_LINE.exec(first);
  if (!match) return OTHER_VERSION.test(first) ? "505 HTTP Version Not Supported" : "400 Bad Request";
  const [, method = "", target = ""] = match;
  if (!KNOWN_METHODS.has(method)) return "400 Bad Request";
  const rawHeaders = lineEnd < 0 ? [] : headerLines(text, lineEnd + 2);
  if (!rawHeaders) return "400 Bad Request";
  const checked = checkRequestHead(rawHeaders);
  if (checked.ok && checked.lines.host === undefined) return "400 Bad Request";
  const wishes = connectionWishes(rawHeaders);
  const upgrades = wishes.upgrade && checked.ok && checked.lines.upgrade !== undefined;
  const body = bodyOf(checked);
  // What stands behind such a head is not HTTP: it cannot be a body as well.
  if (upgrades && body.kind !== "none") return "400 Bad Request";
  return { method, target, rawHeaders, checked, body, closes: wishes.close, upgrades };
}

/** Names and values in turn; undefined where a line has no colon, or a tab at its end, which parsers do not read alike. */
function headerLines(text: string, begin: number): string[] | undefined {
  const lines: string[] = [];
  for (let from = begin; from <= text.length; ) {
    const found = text.indexOf("\r\n", from);
    const to = found < 0 ? text.length : found;
    const colon = text.indexOf(":", from);
    if (colon < 0 || colon >= to || text.charCodeAt(to - 1) === TAB) return undefined;
    lines.push(text.slice(from, colon), trimmed(text, colon + 1, to));
    from = to + 2;
  }
  return lines;
}

/** A value without the white space around it. Nearly all have one space before them and none behind. */
function trimmed(text: string, begin: number, end: number): string {
  const from = text.charCodeAt(begin) === 0x20 ? begin + 1 : begin;
  const value = text.slice(from, end);
  return isSpace(value.charCodeAt(0)) || isSpace(value.charCodeAt(value.length - 1)) ? value.replace(OUTER_SPACE, "") : value;
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === TAB;
}

/** RFC 9112, section 6.3, for a head that has passed. */
function bodyOf(checked: HeadResult): BodyFraming {
  if (!checked.ok) return { kind: "unknown" };
  if (checked.lines["transfer-encoding"] !== undefined) return { kind: "chunked" };
  const length = Number(checked.lines["content-length"] ?? 0);
  return length === 0 ? NO_BODY : { kind: "length", length };
}

const NO_BODY: BodyFraming = { kind: "none" };

/** What the lines of `Connection` ask for. */
function connectionWishes(rawHeaders: readonly string[]): { close: boolean; upgrade: boolean } {
  const wishes = { close: false, upgrade: false };
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] ?? "";
    if (name.length !== CONNECTION.length || name.toLowerCase() !== CONNECTION) continue;
    for (const option of (rawHeaders[i + 1] ?? "").toLowerCase().split(",")) {
      if (option.trim() === "close") wishes.close = true;
      if (option.trim() === "upgrade") wishes.upgrade = true;
    }
  }
  return wishes;
}
