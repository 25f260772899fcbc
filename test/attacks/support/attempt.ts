import { RawClient } from "../../proxy/support/raw-client";
import type { RunningProxy } from "../../proxy/support/running-proxy";

/** A request as an attacker, or an honest client, writes it. */
export interface Attempt {
  /** @default POST */
  readonly method?: string;
  /** The request target, as it is. @default /v1/chat/completions */
  readonly target?: string;
  /** Header lines, as they are. */
  readonly headers?: readonly string[];
  /** Members of a JSON body, added to those of a small chat request; text and bytes are sent as they are. */
  readonly body?: Readonly<Record<string, unknown>> | string | Buffer;
  /** @default application/json where there is a body */
  readonly contentType?: string;
  /** Sends the token in the way given instead of `authorization: Bearer TOKEN`. */
  readonly credential?: readonly string[];
  /** Claims of the token. @default those of alice, of the group engineering */
  readonly claims?: Readonly<Record<string, unknown>>;
  /** Everything that goes onto the wire; `TOKEN` stands for the token. Replaces all of the above. */
  readonly wire?: string;
}

/** What the client saw of it. */
export interface Outcome {
  readonly status: number;
  /** Why the proxy refused it; undefined where it did not. */
  readonly reason: string | undefined;
  /** Everything that came, head and body. */
  readonly text: string;
}

const CHAT = { model: "gpt-5", messages: [{ role: "user", content: "hi" }] };

/** Sends an attempt over a socket of its own, and waits for the answer. */
export async function send(running: RunningProxy, attempt: Attempt): Promise<Outcome> {
  const client = await RawClient.open(running.port);
  const token = await running.issuer.token(running.now, attempt.claims ?? {});
  client.send(Buffer.from(bytesOf(attempt, token)));
  const text = await client.untilClosed();
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(text.replace(/^HTTP\/1\.1 100 Continue\r\n\r\n/, ""))?.[1] ?? 0);
  return { status, reason: /^x-identity-proxy-reason: (\S+)/im.exec(text)?.[1], text };
}

/** The bytes of an attempt. The connection ends behind them, so that the answer is complete when it closes. */
export function bytesOf(attempt: Attempt, token: string): Buffer {
  if (attempt.wire !== undefined) return Buffer.from(attempt.wire.replaceAll("TOKEN", token), "latin1");
  const {
    method = "POST",
    target = "/v1/chat/completions",
    headers = [],
    credential = ["authorization: Bearer TOKEN"],
  } = attempt;
  const body = method === "GET" ? undefined : bodyOf(attempt.body ?? {});
  const own = new Set(headers.map((line) => line.slice(0, line.indexOf(":")).toLowerCase()));
  const framing = own.has("content-length") || own.has("transfer-encoding") ? [] : [`content-length: ${body?.length ?? 0}`];
  const type = attempt.contentType === "" ? [] : [`content-type: ${attempt.contentType ?? "application/json"}`];
  const lines = [
    ...["host: proxy.test", ...(own.has("connection") ? [] : ["connection: close"])],
    ...credential.map((line) => line.replaceAll("TOKEN", token)),
    ...(body ? [...type, ...framing] : []),
    ...headers,
  ];
  const head = Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`, "latin1");
  return Buffer.concat([head, body ?? Buffer.alloc(0)]);
}

function bodyOf(body: NonNullable<Attempt["body"]>): Buffer {
  if (Buffer.isBuffer(body)) return body;
  return Buffer.from(typeof body === "string" ? body : JSON.stringify({ ...CHAT, ...body }));
}
