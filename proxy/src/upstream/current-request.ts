import type { Socket } from "node:net";
import type { AnswerHead } from "./answer-head";
import { type AnswerEvents, AnswerReader } from "./answer-reader";
import type { UpstreamFailure } from "./failure";

/** What becomes of a request. After `end`, `failed` or `upgraded` nothing more is told. */
export interface UpstreamEvents {
  head(status: number, rawHeaders: readonly string[]): void;
  /** A piece of the answer. Its bytes hold until the call returns: they are to be sent or copied. */
  data(chunk: Buffer): void;
  end(): void;
  failed(failure: UpstreamFailure): void;
  /** More of the request's body may be written. */
  drain(): void;
  /** The gateway changed to the protocol that was asked for; the socket belongs to the receiver, `rest` came behind the head. */
  upgraded?(rawHeaders: readonly string[], socket: Socket, rest: Buffer): void;
}

/** The connection that a request is on. */
export interface RequestCarrier {
  /** Whether `request` is the one that is on its way. */
  carries(request: CurrentRequest): boolean;
  /** The answer is complete. */
  finished(request: CurrentRequest): void;
  /** The gateway has changed its protocol. */
  handOver(request: CurrentRequest, answer: AnswerHead, rest: Buffer): void;
}

/** A request on its way: who listens, and how far it is. */
export class CurrentRequest implements AnswerEvents {
  readonly reader: AnswerReader;
  /** When something last happened. */
  touchedAt: number;
  /** Whether the request is complete. */
  sent = false;

  constructor(
    private readonly connection: RequestCarrier,
    readonly events: UpstreamEvents,
    readonly startedAt: number,
    readonly chunked: boolean,
    method: string,
    mayUpgrade: boolean,
  ) {
    this.touchedAt = startedAt;
    this.reader = new AnswerReader(method, mayUpgrade, this);
  }

  head({ status, rawHeaders }: AnswerHead): void {
    if (this.mine) this.events.head(status, rawHeaders);
  }

  data(chunk: Buffer): void {
    if (this.mine) this.events.data(chunk);
  }

  end(): void {
    if (this.mine) this.connection.finished(this);
  }

  upgraded(head: AnswerHead, rest: Buffer): void {
    if (this.mine) this.connection.handOver(this, head, rest);
  }

  /** Nothing is told once the request is over, although a read may hold more of its answer. */
  private get mine(): boolean {
    return this.connection.carries(this);
  }
}
