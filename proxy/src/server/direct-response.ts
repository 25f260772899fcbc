import { ServerResponse, STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { type Gathering, leaveThisTurn } from "../turn";
import type { DirectRequest } from "./direct-request";

/** Pieces up to this many bytes are put together with what frames them as text, which is quicker than a buffer. */
const SMALL = 16_384;
const LAST_CHUNK = "0\r\n\r\n";

/** The head of an answer. */
export interface AnswerLines {
  readonly status: number;
  /** Names and values in turn, already checked: without what frames the body or concerns the connection. */
  readonly headers: readonly string[];
  /** How long the connection is kept for another request, which the client is told. */
  readonly keepAliveSeconds: number;
}

/**
 * An answer that is written to its socket without the queues of `ServerResponse`, which cost more time than nginx needs for a
 * whole request. It announces its end by the event `finish`, as every response does, and Node's server goes on from there.
 *
 * Where an answer is out of the ordinary (the proxy wants the connection closed, an older client, several requests in the pipeline),
 * all goes through `ServerResponse`.
 */
export class DirectResponse extends ServerResponse<DirectRequest> implements Gathering {
  private direct: Socket | undefined;
  private chunked = false;
  private waiting = false;
  /** A whole answer that leaves at the end of the turn, a character for each byte. */
  private whole: string | undefined;

  /** Whether any of the answer has been sent, or leaves at the end of the turn. */
  get begun(): boolean {
    return this.direct !== undefined || this.headersSent;
  }

  /** Sends a head; the body follows by {@link send} and {@link finish}. `length` is -1 where it is not known. */
  begin(lines: AnswerLines, length: number): void {
    const socket = this.ordinary(lines.status);
    if (socket) {
      this.direct = socket;
      this.chunked = length < 0;
      socket.write(this.head(lines, length), "latin1");
      return;
    }
    this.writeHead(lines.status, withLength(lines.headers, length));
    this.flushHeaders();
  }

  /** A piece of the body, which is copied; false when the client takes no more until `drain`. */
  send(chunk: Buffer): boolean {
    const { direct } = this;
    if (!direct) return this.write(Buffer.from(chunk));
    if (direct.destroyed) return true;
    const room = this.chunked ? sendChunk(direct, chunk) : direct.write(Buffer.from(chunk));
    if (!room && !this.waiting) this.announceDrain(direct);
    return room;
  }

  /** The body is complete. */
  finish(): void {
    const { direct } = this;
    if (!direct) this.end();
    else if (!direct.destroyed) {
      if (this.chunked) direct.write(LAST_CHUNK, "latin1");
      this.sent(direct);
    }
  }

  /** A whole answer with one write, at the end of the turn; `body` has a character for each byte. */
  answer(lines: AnswerLines, body: string): void {
    const socket = this.ordinary(lines.status);
    if (socket) {
      this.direct = socket;
      this.whole = this.head(lines, body.length) + body;
      leaveThisTurn(this);
      return;
    }
    this.writeHead(lines.status, withLength(lines.headers, body.length));
    this.end(body, "latin1");
  }

  /** Writes the answer that waits for the end of the turn, if there is one. */
  flush(): void {
    const { direct, whole } = this;
    this.whole = undefined;
    if (whole === undefined || !direct || direct.destroyed) return;
    direct.write(whole, "latin1");
    this.sent(direct);
  }

  /** Ends the connection; an answer that waits still leaves, as far as the client takes it. */
  override destroy(error?: Error): this {
    const { direct } = this;
    this.flush();
    // Once an answer has left whole, the response no longer knows its socket.
    direct?.destroy(error);
    return super.destroy(error);
  }

  /** The socket, where nothing stands in the way of writing to it. */
  private ordinary(status: number): Socket | undefined {
    const { req, socket } = this;
    if (!socket || socket.destroyed || !req.complete || this.hasHeader("connection")) return undefined;
    return req.httpVersionMajor === 1 && req.httpVersionMinor === 1 && status !== 204 && status !== 304 ? socket : undefined;
  }

  private head({ status, headers, keepAliveSeconds }: AnswerLines, length: number): string {
    let text = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? "unknown"}\r\n`;
    let dated = false;
    for (let i = 0; i < headers.length; i += 2) {
      const name = headers[i] ?? "";
      dated ||= name.length === 4 && name.toLowerCase() === "date";
      text += `${name}: ${headers[i + 1]}\r\n`;
    }
    if (!dated) text += `date: ${new Date().toUTCString()}\r\n`;
    const framing = length < 0 ? "transfer-encoding: chunked" : `content-length: ${length}`;
    if (!this.shouldKeepAlive) return `${text}${framing}\r\nconnection: close\r\n\r\n`;
    return `${text}${framing}\r\nconnection: keep-alive\r\nkeep-alive: timeout=${Math.floor(keepAliveSeconds)}\r\n\r\n`;
  }

  private announceDrain(socket: Socket): void {
    this.waiting = true;
    socket.once("drain", () => {
      this.waiting = false;
      this.emit("drain");
    });
  }

  /** Tells the server that the connection is free, once the client's side has taken everything; or ends it, if the client asked so. */
  private sent(socket: Socket): void {
    this.finished = true;
    if (socket.writableLength === 0) this.release(socket);
    else socket.write("", "latin1", (error) => void (error ?? this.release(socket)));
  }

  private release(socket: Socket): void {
    this.emit("finish");
    if (!this.shouldKeepAlive) socket.destroySoon();
  }
}

function sendChunk(socket: Socket, chunk: Buffer): boolean {
  const size = `${chunk.length.toString(16)}\r\n`;
  if (chunk.length <= SMALL) return socket.write(`${size}${chunk.toString("latin1")}\r\n`, "latin1");
  const bytes = Buffer.allocUnsafe(size.length + chunk.length + 2);
  bytes.write(size, 0, "latin1");
  bytes.set(chunk, size.length);
  bytes.write("\r\n", size.length + chunk.length, "latin1");
  return socket.write(bytes);
}

function withLength(headers: readonly string[], length: number): string[] {
  return length < 0 ? [...headers] : [...headers, "content-length", String(length)];
}
