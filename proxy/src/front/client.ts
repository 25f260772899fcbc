import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { HeadResult } from "../headers";

/** Who takes the pieces of a body. */
export interface BodyTaker {
  data(chunk: Buffer): void;
  end(): void;
}

/** A request of a client, whichever parser has read it. */
export interface ClientRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  /** Names and values in turn, as the client sent them, a character for each byte. */
  readonly rawHeaders: readonly string[];
  readonly socket: Socket;
  /** Whether all of its body has come. */
  readonly complete: boolean;
  /** The lines that decide how the request is read, or why it is not. */
  checkedHead(): HeadResult;
  /** Hands the body to `taker`: what has come already, and what comes. */
  readTo(taker: BodyTaker): void;
  /** The taker wants no more; nothing is read until {@link discard}. */
  release(): void;
  pause(): void;
  resume(): void;
  isPaused(): boolean;
  /** Reads what is left and forgets it. Calls back at the end, if the client gets there. */
  discard(done: () => void): void;
}

/** The head of an answer. */
export interface AnswerLines {
  readonly status: number;
  /** Names and values in turn, already checked: without what frames the body or concerns the connection. */
  readonly headers: readonly string[];
  /** How long the connection is kept for another request, in seconds, which the client is told. */
  readonly keepAliveSeconds: number;
}

/** Why a front ended a request by itself. */
export interface FrontRefusal {
  readonly code: "request_malformed" | "request_timeout";
  readonly status: number;
}

/** The answer to a request. */
export interface ClientResponse {
  /** Set where the rest of the request is not HTTP, or not there in time: then the front has answered, if nothing else had. */
  readonly refused: FrontRefusal | undefined;
  /** Whether any of the answer has been sent, or leaves at the end of the turn. */
  readonly begun: boolean;
  /** Sends a head; the body follows by {@link send} and {@link finish}. `length` is -1 where it is not known. */
  begin(lines: AnswerLines, length: number): void;
  /** A piece of the body, which is copied; false when the client takes no more until it drains. */
  send(chunk: Buffer): boolean;
  /** The body is complete. */
  finish(): void;
  /** A whole answer with one write, at the end of the turn; `body` has a character for each byte. */
  answer(lines: AnswerLines, body: string): void;
  /** Tells the client to send the body that it holds back. */
  writeContinue(): void;
  /** The connection ends with this answer, which says so if it has not begun. */
  closeAfter(): void;
  /** Ends the connection; an answer that waits still leaves, as far as the client takes it. */
  destroy(): void;
  /** Lets go of the connection: what is on it from now on is not HTTP. */
  handOver(): void;
  /** Has one caller called back when the answer has been sent, or can no longer be sent because the client is gone. */
  whenClosed(call: () => void): void;
  /** Has one caller called back, once, when the client takes more again. */
  whenDrained(call: () => void): void;
}

/** What is done with what arrives. */
export interface FrontEvents {
  request(request: ClientRequest, response: ClientResponse): void;
  /** A wish for another protocol; `head` came behind it. */
  upgrade(request: ClientRequest, response: ClientResponse, socket: Duplex, head: Buffer): void;
}
