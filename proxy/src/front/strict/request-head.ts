import { METHODS } from "node:http";
import { areHeaderLines, checkRequestHead, type HeadResult, splitHeaderLines } from "../../headers";

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
const TAB_AT_END = /\t(?:\r\n|$)/;
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
  const begin = lineEnd < 0 ? text.length : lineEnd + 2;
  const rawHeaders = splitHeaderLines(text, begin);
  // Parsers do not agree on whether a tab at the end of a line belongs to the value.
  if (!rawHeaders || TAB_AT_END.test(text)) return "400 Bad Request";
  const checked = checkRequestHead(rawHeaders, areHeaderLines(text, begin));
  if (checked.ok && checked.lines.host === undefined) return "400 Bad Request";
  const wishes = connectionWishes(rawHeaders);
  const upgrades = wishes.upgrade && checked.ok && checked.lines.upgrade !== undefined;
  const body = bodyOf(checked);
  // What stands behind such a head is not HTTP: it cannot be a body as well.
  if (upgrades && body.kind !== "none") return "400 Bad Request";
  return { method, target, rawHeaders, checked, body, closes: wishes.close, upgrades };
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
