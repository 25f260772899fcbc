import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as the gateway got it. */
export interface Recorded {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly body: string;
}

/** A gateway on the loopback interface that records every complete request and answers as it is told. */
export class Gateway {
  readonly requests: Recorded[] = [];
  answer: (request: IncomingMessage, response: ServerResponse, body: string) => void = (_request, response) => {
    response.writeHead(200, { "content-type": "application/json" }).end('{"ok":true}');
  };

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<Gateway> {
    const holder: { gateway?: Gateway } = {};
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => holder.gateway?.record(request, response, Buffer.concat(chunks).toString("utf8")));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    holder.gateway = new Gateway(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    return holder.gateway;
  }

  /** The last request. @throws Error when there was none */
  get last(): Recorded {
    const last = this.requests.at(-1);
    if (!last) throw new Error("the gateway got no request");
    return last;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private record(request: IncomingMessage, response: ServerResponse, body: string): void {
    const headers = request.headersDistinct as Record<string, readonly string[]>;
    this.requests.push({ method: request.method ?? "", url: request.url ?? "", headers, body });
    this.answer(request, response, body);
  }
}
