import type { Refusal } from "../errors";
import { DEFAULT_ALLOWED, forwardedHeaders, responseHeaders } from "../headers";
import type { Exchange, Upstream, UpstreamFailure, UpstreamHead } from "../upstream";
import type { Admitted, Service } from "./service";
import { traceContext } from "./trace-context";
import type { Transaction } from "./transaction";

/** Answers up to this many bytes are sent with one write. */
const SMALL_ANSWER = 65_536;

/** The body that is going to be sent. */
export interface OutgoingBody {
  /** Bytes; -1 where that is not known. */
  readonly length: number;
  /** Absent without a body. */
  readonly contentType?: string;
  /** The gateway takes more again. */
  readonly drain?: () => void;
  /** The answer is complete, or there will be none: nothing more is taken. */
  readonly over?: () => void;
}

/** Headers of clients that pass. The content type is not one of them: it is written from what the body was read as. */
const FORWARDED: ReadonlySet<string> = new Set([...DEFAULT_ALLOWED].filter((name) => name !== "content-type"));

/** Always the same: LiteLLM makes tags of the client's. */
const USER_AGENT = "litellm-identity-proxy";

/** Begins a request to the gateway: what passes of the client's headers, then the proxy's own, so that these cannot be undone. */
export function openExchange(
  service: Service,
  transaction: Transaction,
  { caller, target }: Admitted,
  body: OutgoingBody,
): GatewayExchange {
  const { request } = transaction;
  const headers = [...forwardedHeaders(request.rawHeaders, FORWARDED).flat(), ...caller.headers, "user-agent", USER_AGENT];
  const { profile, timeouts, traceContext: traced } = service.generation.loaded.settings.upstream;
  if (traced) headers.push(...traceContext(request.headers, transaction.id, profile === "litellm" || profile === "netbird"));
  headers.push("x-forwarded-for", request.socket.remoteAddress ?? "unknown");
  if (body.contentType !== undefined) headers.push("content-type", body.contentType);
  const head = { method: request.method ?? "GET", path: target, headers, length: body.length };
  return new GatewayExchange(service.upstream, transaction, head, body, timeouts.idleSeconds * 1000);
}

/** The gateway's side of a transaction: sends the request, and the answer on to the client as it comes. */
export class GatewayExchange {
  private readonly exchange: Exchange;
  private small: Buffer[] | undefined;
  private status = 0;
  private headers: string[] = [];

  constructor(
    upstream: Upstream,
    private readonly transaction: Transaction,
    head: UpstreamHead,
    private readonly body: OutgoingBody,
    /** How long a client may not read, in milliseconds. */
    private readonly patienceMs: number,
  ) {
    this.exchange = upstream.exchange(head, {
      head: (status, rawHeaders) => transaction.guard(() => this.onHead(status, rawHeaders)),
      data: (chunk) => this.onData(chunk),
      end: () => this.onEnd(),
      failed: (failure) => this.onFailed(failure),
      drain: () => body.drain?.(),
    });
    // A client that leaves ends the call: nobody pays for tokens that nobody reads.
    transaction.response.once("close", () => this.abort());
  }

  /** False when the gateway takes no more for now. */
  write(chunk: Buffer): boolean {
    return this.exchange.write(chunk);
  }

  /** The body is complete. */
  end(): void {
    this.exchange.end();
  }

  /** The request must not be completed: the gateway waits for the rest of the announced bytes and never sees a whole one. */
  abort(): void {
    this.exchange.abort();
    this.body.over?.();
  }

  private onHead(status: number, rawHeaders: readonly string[]): void {
    const { transaction } = this;
    transaction.answered();
    if (status >= 300 && status < 400 && status !== 304) {
      // LiteLLM builds redirects from the client's Host.
      this.abort();
      transaction.refuse(REDIRECT, "failed");
      return;
    }
    this.status = status;
    const length = announced(rawHeaders);
    this.headers = [...responseHeaders(rawHeaders), "x-request-id", transaction.id];
    if (length >= 0) this.headers.push("content-length", String(length));
    if (length >= 0 && length <= SMALL_ANSWER) this.small = [];
    else {
      transaction.response.writeHead(status, this.headers);
      transaction.response.flushHeaders();
    }
  }

  private onData(chunk: Buffer): void {
    const { response } = this.transaction;
    this.transaction.bytesOut += chunk.length;
    if (this.small) {
      this.small.push(chunk);
    } else if (!response.write(chunk)) {
      this.exchange.pause();
      this.waitForClient();
    }
  }

  /** A client that does not read holds a connection to the gateway, but not for ever. */
  private waitForClient(): void {
    const { response } = this.transaction;
    const timer = setTimeout(() => {
      this.transaction.end("failed", "client_stalled", undefined);
      response.destroy();
    }, this.patienceMs);
    // Each listener goes with the other: a long answer waits many times.
    const gone = (): void => {
      clearTimeout(timer);
      response.removeListener("drain", drained);
    };
    const drained = (): void => {
      clearTimeout(timer);
      response.removeListener("close", gone);
      this.exchange.resume();
    };
    response.once("close", gone).once("drain", drained);
  }

  private onEnd(): void {
    const { transaction, small } = this;
    const { request, response } = transaction;
    this.body.over?.();
    transaction.end("forwarded", "ok", this.status);
    // The gateway answered before it had read everything: the rest of the body must not be taken for a second request.
    const unread = !request.complete;
    if (small) response.writeHead(this.status, unread ? [...this.headers, "connection", "close"] : this.headers);
    response.end(small ? (small.length === 1 ? small[0] : Buffer.concat(small)) : undefined);
    if (unread) response.once("finish", () => request.socket.destroy());
  }

  private onFailed({ status, code, message }: UpstreamFailure): void {
    this.body.over?.();
    this.transaction.refuse({ status, code, message }, "failed");
  }
}

const REDIRECT: Refusal = { status: 502, code: "upstream_redirect", message: "the gateway answered with a redirect" };

function announced(rawHeaders: readonly string[]): number {
  for (let i = 0; i < rawHeaders.length; i += 2) {
    if (rawHeaders[i]?.toLowerCase() === "content-length") return Number(rawHeaders[i + 1]);
  }
  return -1;
}
