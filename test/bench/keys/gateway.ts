import type { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { serveMemory } from "../../support/memory-litellm/memory-http";
import { MemoryLitellm } from "../../support/memory-litellm/memory-litellm";
import { MASTER } from "./project";

/** What the gateway saw since it was last asked. */
export interface Seen {
  readonly requests: number;
  /** The most requests that waited for their answers at the same moment. */
  readonly atOnce: number;
}

/**
 * A LiteLLM in memory as a process of its own, before which each request waits for as many milliseconds as the argument
 * says. Tells its parent the URL, and what it saw whenever the parent asks.
 */
async function main(latency: number): Promise<void> {
  const litellm = new MemoryLitellm(Date.now, MASTER);
  const { server } = await serveMemory(litellm);
  const answer = server.listeners("request")[0] as Parameters<typeof createServer>[1] & object;
  server.removeAllListeners("request");
  let [requests, open, atOnce] = [0, 0, 0];
  server.on("request", (request, response) => {
    requests += 1;
    open += 1;
    atOnce = Math.max(atOnce, open);
    response.on("finish", () => {
      open -= 1;
    });
    setTimeout(() => answer(request, response), latency);
  });
  process.on("message", () => {
    process.send?.({ requests, atOnce } satisfies Seen);
    [requests, atOnce] = [0, 0];
    // What was sent is of no use here, and would fill the memory.
    litellm.wire.length = 0;
  });
  process.on("disconnect", () => process.exit());
  process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

void main(Number(process.argv[2]));
