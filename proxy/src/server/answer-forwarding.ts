import type { Refusal } from "../errors";
import type { AnswerLines } from "../front";
import { responseHeaders } from "../headers";
import type { Exchange, UpstreamEvents, UpstreamFailure } from "../upstream";
import type { Transaction } from "./transaction";

/** Answers up to this many bytes are sent with one write. */
const SMALL_ANSWER = 65_536;

/** How long things may take on the client's side. */
export interface ClientTimes {
  /** How long a client may not read, in milliseconds. */
  readonly patienceMs: number;
  /** How long a connection without a request is kept. */
  readonly keepAliveSeconds: number;
}

/** The sender of the request's body. */
export interface BodySender {
  /** The gateway takes more again. */
  readonly drain?: () => void;
  /** The answer is complete, or there will be none: nothing more is taken. */
  readonly over?: () => void;
}

/** Sends the gateway's answer on to the client as it comes. */
export class AnswerForwarding implements UpstreamEvents {
  private exchange: Exchange | undefined;
  /** The body of an answer that leaves as a whole, a character for each byte. */
  private small: string | undefined;
  private stalled: NodeJS.Timeout | undefined;
  private lines: AnswerLines = { status: 0, headers: [], keepAliveSeconds: 0 };

  constructor(
    private readonly transaction: Transaction,
    private readonly sender: BodySender,
    private readonly times: ClientTimes,
  ) {}

  /** The request whose answer this is. */
  follow(exchange: Exchange): Exchange {
    this.exchange = exchange;
    // A client that leaves ends the call: nobody pays for tokens that nobody reads.
    this.transaction.whenClosed(() => this.abort());
    return exchange;
  }

  head(status: number, rawHeaders: readonly string[]): void {
    this.transaction.guard(() => this.begin(status, rawHeaders));
  }

  data(chunk: Buffer): void {
    const { response } = this.transaction;
    this.transaction.bytesOut += chunk.length;
    if (this.small !== undefined) this.small += chunk.toString("latin1");
    else if (!response.send(chunk)) {
      this.exchange?.pause();
      this.waitForClient();
    }
  }

  end(): void {
    const { transaction, small, lines } = this;
    const { request, response } = transaction;
    this.sender.over?.();
    transaction.end("forwarded", "ok", lines.status);
    // The gateway answered before it had read everything: the rest of the body must not be taken for a second request.
    if (!request.complete) response.closeAfter();
    if (small !== undefined) response.answer(lines, small);
    else response.finish();
  }

  failed({ status, code, message }: UpstreamFailure): void {
    this.sender.over?.();
    this.transaction.refuse({ status, code, message }, "failed");
  }

  drain(): void {
    this.sender.drain?.();
  }

  private begin(status: number, rawHeaders: readonly string[]): void {
    const { transaction } = this;
    transaction.answered();
    if (status >= 300 && status < 400 && status !== 304) {
      // LiteLLM builds redirects from the client's Host.
      this.abort();
      transaction.refuse(REDIRECT, "failed");
      return;
    }
    const { headers, length } = responseHeaders(rawHeaders);
    headers.push("x-request-id", transaction.id);
    this.lines = { status, headers, keepAliveSeconds: this.times.keepAliveSeconds };
    if (length >= 0 && length <= SMALL_ANSWER) this.small = "";
    else {
      // The client may go on sending, so it has to know now that the connection ends with this answer.
      if (!transaction.request.complete) transaction.response.closeAfter();
      transaction.response.begin(this.lines, length);
    }
  }

  /** The request must not be completed: the gateway waits for the rest of the announced bytes and never sees a whole one. */
  private abort(): void {
    clearTimeout(this.stalled);
    this.exchange?.abort();
    this.sender.over?.();
  }

  /** A client that does not read holds a connection to the gateway, but not for ever. */
  private waitForClient(): void {
    const { response } = this.transaction;
    this.stalled = setTimeout(() => {
      this.transaction.end("failed", "client_stalled", undefined);
      response.destroy();
    }, this.times.patienceMs);
    response.whenDrained(() => {
      clearTimeout(this.stalled);
      this.exchange?.resume();
    });
  }
}

const REDIRECT: Refusal = { status: 502, code: "upstream_redirect", message: "the gateway answered with a redirect" };
