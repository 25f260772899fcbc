import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { GatewayError, type GatewayHttp } from "../../../tools/keys/gateway";
import type { MemoryLitellm } from "./memory-litellm";

/** Called around each call to something outside the process; may never return. */
export type Around = <T>(what: string, call: () => Promise<T>) => Promise<T>;

/** Talks to a LiteLLM in memory without a socket. */
export function memoryHttp(litellm: MemoryLitellm, around: Around = (_what, call) => call()): GatewayHttp {
  const send = (method: string, target: string, body: Parameters<GatewayHttp["post"]>[1]) =>
    around(`${method} ${target.split("?")[0]}`, async () => {
      const { status, json } = litellm.handle(method, target, JSON.parse(JSON.stringify(body)));
      if (status >= 400) throw new GatewayError(JSON.stringify(json), "", status);
      return structuredClone(json);
    });
  return {
    get: (path, query = {}) => {
      const parameters = Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]);
      return send("GET", `${path}?${new URLSearchParams(parameters)}`, {});
    },
    post: (path, body) => send("POST", path, body),
  };
}

/** Serves a LiteLLM in memory on a port of its own. */
export async function serveMemory(litellm: MemoryLitellm): Promise<{ url: string; server: Server; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    let text = "";
    request.setEncoding("utf8").on("data", (part: string) => {
      text += part;
    });
    request.on("end", () => {
      const { status, json } = litellm.handle(
        request.method ?? "",
        request.url ?? "",
        text ? JSON.parse(text) : {},
        request.headers.authorization ?? "",
      );
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(json));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    server,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
