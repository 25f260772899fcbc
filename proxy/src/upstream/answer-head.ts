import { MalformedMessage } from "../framing";
import { areHeaderLines, splitHeaderLines } from "../headers";

/** How long the body of an answer is. */
export type AnswerBody =
  | { readonly kind: "none" | "chunked" | "until-close" }
  | { readonly kind: "length"; readonly length: number };

/** The head of an answer. */
export interface AnswerHead {
  readonly status: number;
  /** Names and values in turn, as they came. */
  readonly rawHeaders: string[];
  readonly body: AnswerBody;
  /** Whether the connection may carry another request. */
  readonly keepAlive: boolean;
}

const STATUS_LINE = /HTTP\/1\.([01]) ([1-9][0-9]{2})(?: [\t\x20-\x7e\x80-\xff]*)?(?:\r\n|$)/y;

/**
 * Reads the head of an answer, as strictly as a head from the outside: a gateway hands on what providers answer.
 *
 * @param text all lines without the last line end, bytes as Latin-1
 * @throws MalformedMessage
 */
export function readAnswerHead(text: string, method: string): AnswerHead {
  STATUS_LINE.lastIndex = 0;
  const status = STATUS_LINE.exec(text);
  if (!status) throw new MalformedMessage("status line");
  const begin = STATUS_LINE.lastIndex;
  const rawHeaders = areHeaderLines(text, begin) ? splitHeaderLines(text, begin) : undefined;
  if (!rawHeaders) throw new MalformedMessage("header line");
  const framing: Framing = { length: undefined, chunked: false, connection: "" };
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] ?? "";
    if (FRAMING_LENGTHS.has(name.length)) noteFraming(framing, name.toLowerCase(), rawHeaders[i + 1] ?? "");
  }
  const code = Number(status[2]);
  const body = bodyOf(framing, code, method);
  const keepAlive = status[1] === "1" && !closes(framing.connection) && body.kind !== "until-close";
  return { status: code, rawHeaders, body, keepAlive };
}

function closes(connection: string): boolean {
  return connection !== "" && /(?:^|,)\s*close\s*(?:,|$)/i.test(connection);
}

/** Lengths of the names that {@link noteFraming} knows: most lines need no second look. */
const FRAMING_LENGTHS = new Set(["content-length", "transfer-encoding", "connection"].map((name) => name.length));

interface Framing {
  length: number | undefined;
  chunked: boolean;
  connection: string;
}

function noteFraming(framing: Framing, name: string, value: string): void {
  if (name === "content-length") {
    if (!/^\d{1,15}$/.test(value)) throw new MalformedMessage("content length");
    if (framing.length !== undefined && framing.length !== Number(value)) throw new MalformedMessage("two content lengths");
    framing.length = Number(value);
  } else if (name === "transfer-encoding") {
    if (framing.chunked || value.toLowerCase() !== "chunked") throw new MalformedMessage("transfer encoding");
    framing.chunked = true;
  } else if (name === "connection") framing.connection += `,${value}`;
}

/** RFC 9112, section 6.3. A length beside chunks is what response smuggling is made of, and refused. */
function bodyOf({ length, chunked }: Framing, status: number, method: string): AnswerBody {
  if (chunked && length !== undefined) throw new MalformedMessage("content length beside transfer encoding");
  if (status < 200 || status === 204 || status === 304 || method === "HEAD") return { kind: "none" };
  if (chunked) return { kind: "chunked" };
  if (length === undefined) return { kind: "until-close" };
  return length === 0 ? { kind: "none" } : { kind: "length", length };
}
