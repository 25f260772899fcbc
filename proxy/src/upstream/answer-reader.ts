import { ChunkedBody, MalformedMessage } from "../framing";
import { type AnswerHead, readAnswerHead } from "./answer-head";

/** What an answer is told to. */
export interface AnswerEvents {
  head(head: AnswerHead): void;
  data(chunk: Buffer): void;
  end(): void;
  /** 101: everything behind the head is no longer HTTP. */
  upgraded(head: AnswerHead, rest: Buffer): void;
}

/** Bytes of a head, and interim answers (100, 103) before it. */
const LONGEST_HEAD = 65_536;
const MOST_INTERIM = 10;
const HEAD_END: Buffer = Buffer.from("\r\n\r\n");
const NOTHING: Buffer = Buffer.alloc(0);

/** Reads one answer from the bytes of a connection. */
export class AnswerReader {
  private pending = NOTHING;
  private head: AnswerHead | undefined;
  private left = 0;
  private interim = 0;
  private chunked: ChunkedBody | undefined;
  private over = false;

  constructor(
    private readonly method: string,
    private readonly mayUpgrade: boolean,
    private readonly events: AnswerEvents,
  ) {}

  /** Whether the head has come. */
  get begun(): boolean {
    return this.head !== undefined;
  }

  /** Whether any byte has come. */
  get silent(): boolean {
    return this.head === undefined && this.pending.length === 0 && this.interim === 0;
  }

  /** Whether the connection may carry another request after this answer. */
  get keepAlive(): boolean {
    return this.over && this.head?.keepAlive === true;
  }

  /** @throws MalformedMessage */
  read(bytes: Buffer): void {
    if (this.over) throw new MalformedMessage("bytes behind the answer");
    if (!this.head) this.readHead(bytes);
    else this.readBody(this.head, bytes);
  }

  /** The connection ended; false when the answer is not complete. */
  close(): boolean {
    if (this.head?.body.kind === "until-close" && !this.over) this.finish();
    return this.over;
  }

  private readHead(bytes: Buffer): void {
    const all = this.pending.length === 0 ? bytes : Buffer.concat([this.pending, bytes]);
    const end = all.indexOf(HEAD_END);
    if (end < 0 ? all.length > LONGEST_HEAD : end > LONGEST_HEAD) throw new MalformedMessage("head too long");
    if (end < 0) {
      this.pending = Buffer.from(all);
      return;
    }
    this.pending = NOTHING;
    this.headCame(readAnswerHead(all.toString("latin1", 0, end), this.method), all.subarray(end + 4));
  }

  private headCame(head: AnswerHead, rest: Buffer): void {
    if (head.status === 101) {
      if (!this.mayUpgrade) throw new MalformedMessage("an upgrade that was not asked for");
      this.over = true;
      this.events.upgraded(head, rest);
      return;
    }
    if (head.status < 200) {
      this.interim += 1;
      if (this.interim > MOST_INTERIM) throw new MalformedMessage("too many interim answers");
      if (rest.length > 0) this.readHead(rest);
      return;
    }
    this.head = head;
    if (head.body.kind === "length") this.left = head.body.length;
    if (head.body.kind === "chunked") this.chunked = new ChunkedBody();
    this.events.head(head);
    if (head.body.kind === "none") this.finish();
    if (rest.length > 0) this.read(rest);
  }

  private readBody(head: AnswerHead, bytes: Buffer): void {
    if (this.chunked) {
      const payload = this.chunked.payload(bytes);
      if (this.chunked.excess > 0) throw new MalformedMessage("bytes behind the last chunk");
      if (payload.length > 0) this.events.data(payload);
      if (this.chunked.done) this.finish();
      return;
    }
    if (head.body.kind === "length") {
      if (bytes.length > this.left) throw new MalformedMessage("more bytes than announced");
      this.left -= bytes.length;
    }
    this.events.data(bytes);
    if (head.body.kind === "length" && this.left === 0) this.finish();
  }

  private finish(): void {
    this.over = true;
    this.events.end();
  }
}
