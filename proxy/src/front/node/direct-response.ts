import { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { type Gathering, leaveThisTurn } from "../../turn";
import { answerHead, framingLine } from "../answer-head";
import { LAST_CHUNK, sendChunk } from "../chunk";
import type { AnswerLines, ClientResponse, FrontRefusal } from "../client";
import type { DirectRequest } from "./direct-request";

/**
 * An answer that is written to its socket without the queues of `ServerResponse`, which cost more time than nginx needs for a
 * whole request. It announces its end by the event `finish`, as every response does, and Node's server goes on from there.
 *
 * Where an answer is out of the ordinary (the proxy wants the connection closed, an older client, several requests in the pipeline),
 * all goes through `ServerResponse`.
 */
export class DirectResponse extends ServerResponse<DirectRequest> implements ClientResponse, Gathering {
  refused: FrontRefusal | undefined;
  private direct: Socket | undefined;
  private chunked = false;
  private waiting = false;
  private patienceMs = 0;
  /** A whole answer that leaves at the end of the turn, a character for each byte. */
  private whole: string | undefined;

  get begun(): boolean {
    return this.direct !== undefined || this.headersSent;
  }

  begin(lines: AnswerLines, length: number): void {
    this.patienceMs = lines.keepAliveSeconds * 1000;
    const socket = this.ordinary(lines.status);
    if (socket) {
      this.direct = socket;
      this.chunked = length < 0;
      socket.write(answerHead(lines, framingLine(length), this.shouldKeepAlive), "latin1");
      return;
    }
    this.writeHead(lines.status, withLength(lines, length));
    this.flushHeaders();
  }

  send(chunk: Buffer): boolean {
    const { direct } = this;
    if (!direct) return this.write(Buffer.from(chunk));
    if (direct.destroyed) return true;
    const room = this.chunked ? sendChunk(direct, chunk) : direct.write(Buffer.from(chunk));
    if (!room && !this.waiting) this.announceDrain(direct);
    return room;
  }

  finish(): void {
    const { direct } = this;
    if (!direct) this.endOrdinary();
    else if (!direct.destroyed) {
      if (this.chunked) direct.write(LAST_CHUNK, "latin1");
      this.sent(direct);
    }
  }

  answer(lines: AnswerLines, body: string): void {
    this.patienceMs = lines.keepAliveSeconds * 1000;
    const socket = this.ordinary(lines.status);
    if (socket) {
      this.direct = socket;
      this.whole = answerHead(lines, framingLine(body.length), this.shouldKeepAlive) + body;
      leaveThisTurn(this);
      return;
    }
    this.writeHead(lines.status, withLength(lines, body.length));
    this.endOrdinary(body);
  }

  /** Writes the answer that waits for the end of the turn, if there is one. */
  flush(): void {
    const { direct, whole } = this;
    this.whole = undefined;
    if (whole === undefined || !direct || direct.destroyed) return;
    direct.write(whole, "latin1");
    this.sent(direct);
  }

  override destroy(error?: Error): this {
    const { direct } = this;
    this.flush();
    // Once an answer has left whole, the response no longer knows its socket.
    direct?.destroy(error);
    return super.destroy(error);
  }

  closeAfter(): void {
    if (!this.begun) this.setHeader("connection", "close");
    else this.once("finish", () => this.req.socket.destroySoon());
  }

  handOver(): void {
    this.detachSocket(this.req.socket);
  }

  whenClosed(call: () => void): void {
    this.once("close", call);
    if (!this.socket) this.watchPipeline(call);
  }

  whenDrained(call: () => void): void {
    this.once("drain", call);
  }

  /** Node tells an answer that waits behind another of its connection nothing of the connection's end. */
  private watchPipeline(call: () => void): void {
    const { socket } = this.req;
    socket.setMaxListeners(0).once("close", call);
    this.once("close", () => socket.removeListener("close", call));
  }

  /** The socket, where nothing stands in the way of writing to it. */
  private ordinary(status: number): Socket | undefined {
    const { req, socket } = this;
    if (!socket || socket.destroyed || !req.complete || this.hasHeader("connection")) return undefined;
    return req.httpVersionMajor === 1 && req.httpVersionMinor === 1 && status !== 204 && status !== 304 ? socket : undefined;
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
    else {
      this.boundLeaving(socket);
      socket.write("", "latin1", (error) => void (error ?? this.release(socket)));
    }
  }

  private endOrdinary(body = ""): void {
    this.end(body, "latin1");
    if (this.socket && this.socket.writableLength > 0) this.boundLeaving(this.socket);
  }

  /** A client that takes nothing of an answer is kept as long as one that asks for nothing; what it takes begins that time anew. */
  private boundLeaving(socket: Socket): void {
    socket.setTimeout(this.patienceMs);
    // Before Node sets its own time, which it does where no other request waits on the connection.
    this.prependOnceListener("finish", () => socket.setTimeout(0));
  }

  private release(socket: Socket): void {
    this.emit("finish");
    if (!this.shouldKeepAlive) socket.destroySoon();
  }
}

/** RFC 9110, section 8.6: an answer of 204 has no length. */
function withLength({ status, headers }: AnswerLines, length: number): string[] {
  return length < 0 || status === 204 ? [...headers] : [...headers, "content-length", String(length)];
}
