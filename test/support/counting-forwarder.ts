import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** Where something happens on the way of a request: before it is passed on, or when its answer is there. */
export type Moment = "before" | "after";

/** Passes requests on to a gateway, counts them, and calls `at` on their way. */
export class CountingForwarder {
  /** Methods and paths of all requests, in their order. */
  readonly seen: string[] = [];
  /** Called at both moments of each request; a request for which it says false is never answered. */
  at: (count: number, moment: Moment) => boolean = () => true;
  private readonly server = createServer((incoming, response) => this.forward(incoming, response));

  constructor(private readonly target: string) {}

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private forward(incoming: IncomingMessage, response: ServerResponse): void {
    const { method = "GET", url = "/", headers } = incoming;
    this.seen.push(`${method} ${url.split("?")[0]}`);
    const count = this.seen.length;
    if (!this.at(count, "before")) return;
    const outgoing = request(`${this.target}${url}`, { method, headers }, (answer) => {
      const parts: Buffer[] = [];
      answer.on("data", (part: Buffer) => parts.push(part));
      answer.on("end", () => {
        if (!this.at(count, "after")) return;
        response.writeHead(answer.statusCode ?? 502, { "content-type": "application/json" }).end(Buffer.concat(parts));
      });
    });
    outgoing.on("error", () => response.destroy());
    incoming.pipe(outgoing);
  }
}
