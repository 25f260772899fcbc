import type { Decision } from "../audit";
import type { MemberRules, MemberValue } from "../body";
import type { Refusal } from "../errors";
import type { Exchange } from "../upstream";
import { judgeMissingModel, judgeModel } from "./admission";
import { bodyRefusal, tooLarge } from "./body-refusal";
import { openExchange } from "./exchange";
import { IncomingBody } from "./incoming-body";
import { contentTypeOf, type ReadableKind, rewriteWhole, type StreamRewriter, streamRewriter } from "./rewriters";
import type { Admitted, Service } from "./service";
import { INTERNAL, type Transaction } from "./transaction";

/** Bodies up to this many bytes are read as a whole, rewritten and sent with one write; larger ones are rewritten on their way. */
const SMALL_BODY = 65_536;

const NOTHING: Buffer = Buffer.alloc(0);

/** A larger body on its way to the gateway. */
interface Upload {
  readonly rewriter: StreamRewriter;
  readonly exchange: Exchange;
}

/** Takes the body of a request to the gateway, without what the client claims and with what was verified. */
export class BodyForwarding {
  private readonly body: IncomingBody;
  private readonly rules: MemberRules;
  private readonly chunks: Buffer[] = [];
  private upload: Upload | undefined;
  private modelJudged = false;

  /** @param length as announced; -1 where it is not */
  constructor(
    private readonly service: Service,
    private readonly transaction: Transaction,
    private readonly admitted: Admitted,
    private readonly kind: ReadableKind,
    private readonly length: number,
  ) {
    const { bodyBytes, bodyIdleSeconds } = service.generation.loaded.settings.limits;
    this.rules = service.generation.profile.members(admitted.route);
    this.body = new IncomingBody(transaction.request, { bytes: bodyBytes, idleMs: bodyIdleSeconds * 1000 }, service.deadlines, {
      data: (chunk) => this.guard(() => this.onData(chunk)),
      end: () => this.guard(() => this.onEnd()),
      tooLarge: () => this.refuse(tooLarge(bodyBytes)),
      idle: () => this.refuse(IDLE),
    });
  }

  /** Begins to read. */
  start(): void {
    this.transaction.whenClosed(() => this.body.stop());
    if (this.length > SMALL_BODY) this.beginUpload();
    this.body.start();
  }

  /** A fault of the proxy must not leave half a body that the gateway could take for a whole one. */
  private guard(step: () => void): void {
    try {
      step();
    } catch {
      this.refuse(INTERNAL, "failed");
    }
  }

  private onData(chunk: Buffer): void {
    if (this.upload) {
      this.feed(chunk);
      return;
    }
    this.chunks.push(chunk);
    if (this.body.bytes <= SMALL_BODY) return;
    this.beginUpload();
    for (const before of this.chunks.splice(0)) this.feed(before);
  }

  private onEnd(): void {
    this.transaction.bytesIn = this.body.bytes;
    if (this.upload) this.finishUpload(this.upload);
    else this.sendWhole();
  }

  private sendWhole(): void {
    const bytes = this.chunks.length === 1 && this.chunks[0] ? this.chunks[0] : Buffer.concat(this.chunks);
    const rewritten = rewriteWhole(this.kind, bytes, this.rules, this.admitted.caller.members);
    if (!rewritten.ok) {
      this.refuse(bodyRefusal(rewritten));
      return;
    }
    const refusal = this.judgeModel(rewritten.values, true);
    if (refusal) {
      this.refuse(refusal);
      return;
    }
    const contentType = contentTypeOf(this.kind);
    const exchange = openExchange(this.service, this.transaction, this.admitted, { length: rewritten.length, contentType });
    const { chunks } = rewritten;
    for (let i = 0; i < chunks.length - 1; i++) exchange.write(chunks[i] ?? NOTHING);
    exchange.end(chunks.at(-1));
    exchange.spent(bytes);
  }

  private beginUpload(): void {
    const { service, transaction, admitted, kind, length } = this;
    const rewriter = streamRewriter(kind, this.rules, admitted.caller.members, length);
    if (!rewriter) {
      this.refuse(tooLarge(SMALL_BODY));
      return;
    }
    const end = service.uploads.begin(service.generation.loaded.settings.limits.uploads);
    if (!end) {
      this.refuse(TOO_MANY_UPLOADS);
      return;
    }
    transaction.whenClosed(end);
    const exchange = openExchange(service, transaction, admitted, {
      length: length < 0 ? -1 : length + rewriter.growth,
      contentType: contentTypeOf(kind),
      drain: () => this.body.resume(),
      over: () => this.body.stop(),
    });
    this.upload = { rewriter, exchange };
  }

  private feed(chunk: Buffer): void {
    if (!this.upload || this.transaction.ended) return;
    const { rewriter, exchange } = this.upload;
    const piece = rewriter.feed(chunk);
    const refusal = piece.ok ? this.judgeModel(rewriter.values, false) : bodyRefusal(piece);
    if (refusal) this.refuse(refusal);
    if (refusal || !piece.ok) return;
    let room = true;
    for (const part of piece.chunks) room = exchange.write(part);
    if (rewriter.forgets) exchange.spent(chunk);
    if (!room) this.body.pause();
  }

  private finishUpload({ rewriter, exchange }: Upload): void {
    const piece = rewriter.end();
    const refusal = piece.ok ? this.judgeModel(rewriter.values, true) : bodyRefusal(piece);
    if (refusal) this.refuse(refusal);
    if (refusal || !piece.ok) return;
    for (const part of piece.chunks) exchange.write(part);
    exchange.end();
  }

  /** Whether the model that the body names may be used, as soon as it is known; at the end, whether it names none. */
  private judgeModel(values: ReadonlyMap<string, MemberValue>, complete: boolean): Refusal | undefined {
    if (this.modelJudged) return undefined;
    const { models, route } = this.admitted;
    const model = values.get("model");
    if (typeof model === "string") {
      this.modelJudged = true;
      this.transaction.model ??= model;
      return judgeModel(models, model);
    }
    return complete ? judgeMissingModel(models, route) : undefined;
  }

  /** The gateway waits for the rest of what was announced, so it never sees a complete request. */
  private refuse(refusal: Refusal, decision: Decision = "refused"): void {
    this.body.stop();
    this.upload?.exchange.abort();
    this.transaction.bytesIn = this.body.bytes;
    this.transaction.refuse(refusal, decision);
  }
}

const IDLE: Refusal = { status: 408, code: "body_timeout", message: "the body of the request came to a standstill" };
const TOO_MANY_UPLOADS: Refusal = {
  status: 503,
  code: "too_many_uploads",
  message: "the identity proxy is at its limit of large bodies on their way",
  retryAfter: 1,
};
