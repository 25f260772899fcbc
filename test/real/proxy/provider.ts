import { createHash, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { answerTo } from "./provider-answers";

const WEBSOCKET_ID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/** Stands for all providers and for a webhook, on 127.0.0.1; keeps everything that it is sent. */
export class Provider {
  /** What providers got: target, headers and body of each request, and what came over WebSockets. */
  readonly received: string[] = [];
  /** Events of LiteLLM's webhook. */
  readonly events: Record<string, unknown>[] = [];
  private readonly sockets = new Set<Duplex>();
  private server: Server | undefined;

  /** Listens; the result is its address. */
  async start(): Promise<string> {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const { status, type, body } = this.answer(request, Buffer.concat(chunks));
        response.writeHead(status, { "content-type": type }).end(body);
      });
    });
    this.server.on("upgrade", (request, socket) => this.speak(request, socket));
    await new Promise<void>((resolve) => this.server?.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Whether a text reached a provider, as it is or escaped as in JSON. */
  saw(text: string): boolean {
    const ascii = JSON.stringify(text)
      .slice(1, -1)
      .replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
    return this.received.some((request) => request.includes(text) || request.includes(ascii));
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server?.close(resolve));
  }

  private answer({ url = "", rawHeaders }: IncomingMessage, bytes: Buffer): ReturnType<typeof answerTo> {
    const text = bytes.toString();
    if (url.startsWith("/hook")) {
      this.events.push(...([JSON.parse(text)].flat() as Record<string, unknown>[]));
      return { status: 200, type: "application/json", body: "{}" };
    }
    this.received.push(`${url} ${JSON.stringify(rawHeaders)} ${text}`);
    return answerTo(url, text, randomUUID());
  }

  /** OpenAI's realtime API: a session, and a finished answer to whatever comes. */
  private speak({ url = "", rawHeaders, headers }: IncomingMessage, socket: Duplex): void {
    this.received.push(`${url} ${JSON.stringify(rawHeaders)}`);
    this.sockets.add(socket);
    const accept = createHash("sha1").update(`${headers["sec-websocket-key"]}${WEBSOCKET_ID}`).digest("base64");
    const lines = [
      "HTTP/1.1 101 Switching Protocols",
      "upgrade: websocket",
      "connection: Upgrade",
      `sec-websocket-accept: ${accept}`,
    ];
    socket.write(`${lines.join("\r\n")}\r\n\r\n`);
    socket.write(
      frame({ type: "session.created", event_id: "e1", session: { id: "s", object: "realtime.session", model: "rt" } }),
    );
    socket.on("error", () => undefined);
    socket.on("data", (bytes: Buffer) => {
      if (((bytes[0] ?? 0) & 0x0f) === 8) socket.end();
      else socket.write(frame({ type: "response.done", event_id: "e2", response: { ...RESPONSE, id: `r-${randomUUID()}` } }));
    });
  }
}

const DETAILS = { text_tokens: 10, audio_tokens: 0, cached_tokens: 0 };
const USAGE = {
  total_tokens: 30,
  input_tokens: 10,
  output_tokens: 20,
  input_token_details: DETAILS,
  output_token_details: DETAILS,
};
const RESPONSE = { object: "realtime.response", status: "completed", output: [], usage: USAGE };

/** One frame of text, as a server sends it. */
function frame(value: object): Buffer {
  const data = Buffer.from(JSON.stringify(value));
  const head =
    data.length < 126 ? Buffer.from([0x81, data.length]) : Buffer.from([0x81, 126, data.length >> 8, data.length & 0xff]);
  return Buffer.concat([head, data]);
}
