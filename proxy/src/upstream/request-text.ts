import { isHeaderLine } from "../headers";

/** The head of a request to the gateway. */
export interface UpstreamHead {
  readonly method: string;
  /** Path and query. The path of the gateway's URL is put before it. */
  readonly path: string;
  /** Names and values in turn; without `host`, `connection`, and what frames the body. */
  readonly headers: readonly string[];
  /** More lines, from {@link headerLines}: what is the same for many requests is checked and put together once. */
  readonly prepared?: string;
  /** Bytes of the body; -1 for a body of unknown length. */
  readonly length: number;
  /** The protocol to change to (`websocket`). */
  readonly upgrade?: string;
}

const METHOD = /^[A-Z]+$/;
const PATH = /^\/[\x21-\x7e]*$/;
/** Methods whose requests have no body unless they say so. */
const BODILESS = new Set(["GET", "HEAD", "DELETE"]);

/**
 * The head as text, with its framing.
 *
 * @throws Error for a line that would become two: what is written here has been checked before, so this is a fault of the proxy,
 *   and stopping is the only safe answer to it. The message names no value.
 */
export function requestText(head: UpstreamHead, host: string, basePath: string): string {
  if (!METHOD.test(head.method) || !PATH.test(head.path)) throw new Error("the request line cannot be written");
  const lines = headerLines(head.headers) + (head.prepared ?? "");
  return `${head.method} ${basePath}${head.path} HTTP/1.1\r\nhost: ${host}\r\n${lines}${framing(head)}\r\n`;
}

/** Names and values in turn as lines of a head. @throws Error as {@link requestText} does */
export function headerLines(headers: readonly string[]): string {
  let text = "";
  for (let i = 0; i < headers.length; i += 2) {
    const name = headers[i] ?? "";
    const value = headers[i + 1] ?? "";
    if (!isHeaderLine(name, value)) throw new Error("a header line cannot be written");
    text += `${name}: ${value}\r\n`;
  }
  return text;
}

function framing({ method, length, upgrade }: UpstreamHead): string {
  if (upgrade !== undefined) return `connection: upgrade\r\nupgrade: ${upgrade}\r\n`;
  if (length < 0) return "transfer-encoding: chunked\r\n";
  return length === 0 && BODILESS.has(method) ? "" : `content-length: ${length}\r\n`;
}
