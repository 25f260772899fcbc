import { createServer, type Server } from "node:http";

/** What the port for probes and Prometheus tells. */
export interface OperationsView {
  /** Why the proxy cannot serve now; empty where it can. */
  notReady(): readonly string[] | Promise<readonly string[]>;
  metrics(): string | Promise<string>;
}

const TEXT = { "content-type": "text/plain; charset=utf-8" };

/** Opens the port for probes: `/healthz` (the process runs), `/readyz` (it can serve) and `/metrics`. */
export function openOperations(address: string, port: number, view: OperationsView): Promise<Server> {
  const server = createServer({ maxHeaderSize: 8192, headersTimeout: 5000, requestTimeout: 5000 }, async (request, response) => {
    request.resume();
    const answer = await answerOf(request.method ?? "", request.url ?? "", view);
    response.writeHead(answer.status, { ...TEXT, "content-length": Buffer.byteLength(answer.body) });
    response.end(answer.body);
  });
  server.maxConnections = 100;
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host: address, port }, () => {
      server.removeListener("error", reject);
      resolve(server);
    });
  });
}

async function answerOf(method: string, url: string, view: OperationsView): Promise<{ status: number; body: string }> {
  if (method !== "GET") return { status: 405, body: "GET only\n" };
  if (url === "/healthz") return { status: 200, body: "ok\n" };
  if (url === "/metrics") return { status: 200, body: await view.metrics() };
  if (url !== "/readyz") return { status: 404, body: "/healthz, /readyz or /metrics\n" };
  const reasons = await view.notReady();
  return reasons.length === 0
    ? { status: 200, body: "ready\n" }
    : { status: 503, body: reasons.map((reason) => `${reason}\n`).join("") };
}
