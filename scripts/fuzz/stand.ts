import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hashServiceKey } from "../../proxy/src/identity";
import { IdentityProxy } from "../../proxy/src/server";
import { loadSettings } from "../../proxy/src/settings";

/** A request as the gateway got it. */
export interface Recorded {
  readonly url: string;
  /** Names and values in turn, as they came. */
  readonly rawHeaders: readonly string[];
}

/** Who the client is for the proxy, and what the gateway must see. */
export const CLIENT_KEY = "sk-client";
export const VERIFIED = { user: "verified", tags: "verified-group", key: "sk-gateway" } as const;

/** A proxy between this process and a gateway that records what it gets. */
export interface Stand {
  readonly port: number;
  readonly recorded: Recorded[];
  close(): Promise<void>;
}

/** Opens both on the loopback interface. @throws Error when the settings are not accepted */
export async function openStand(): Promise<Stand> {
  const recorded: Recorded[] = [];
  const gateway = createServer((request, response) => {
    recorded.push({ url: request.url ?? "", rawHeaders: request.rawHeaders });
    request.resume().on("end", () => response.writeHead(200, { "content-length": 2 }).end("{}"));
  });
  const proxy = new IdentityProxy(settings(await opened(gateway)), { write: () => undefined }, machineClock());
  await proxy.start();
  const close = async (): Promise<void> => {
    await proxy.stop();
    gateway.closeAllConnections();
    await new Promise((resolve) => gateway.close(resolve));
  };
  return { port: proxy.port("api"), recorded, close };
}

async function opened(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

function settings(gatewayPort: number) {
  const folder = mkdtempSync(join(tmpdir(), "identity-proxy-fuzz-"));
  const file = join(folder, "proxy.yaml");
  writeFileSync(
    file,
    `upstream: { profile: litellm, version: 1.108.10, url: "http://127.0.0.1:${gatewayPort}" }
gatewayKeys: [{ key: { env: KEY } }]
listeners:
  - name: api
    address: 127.0.0.1
    port: 0
    identity: { serviceKeys: { keys: [{ sha256: ${hashServiceKey(CLIENT_KEY)}, user: ${VERIFIED.user}, groups: [${VERIFIED.tags}] }] } }
policy: { groups: [{ group: ${VERIFIED.tags} }] }
drainSeconds: 0.1
`,
  );
  const { loaded, findings } = loadSettings(file, { KEY: VERIFIED.key });
  rmSync(folder, { recursive: true });
  if (!loaded) throw new Error(findings.map(({ message }) => message).join("\n"));
  return loaded;
}

function machineClock() {
  let count = 0;
  return { now: () => Date.now(), ticks: () => performance.now(), id: () => `request-${count++}` };
}
