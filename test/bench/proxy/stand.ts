import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { entrypointOf } from "../../proxy/support/entrypoint";
import { Issuer } from "../../proxy/support/issuer";
import type { ProxyName } from "./goals";
import { type NginxRole, nginxConfiguration } from "./nginx";
import { type Peer, startPeer } from "./processes";

const GATEWAY_PORT = 18_100;
const PORTS = {
  nginx: 18_101,
  "nginx-lua": 18_102,
  node: 18_103,
  proxy: 18_104,
  strict: 18_105,
  "nginx-lua-whole": 18_106,
} as const;

/** Everything that is measured, started. */
export interface Stand {
  /** The gateway itself: what no proxy can be better than. */
  readonly direct: Peer;
  readonly peers: readonly Peer[];
  /** nginx with Lua that does the whole job. */
  readonly luaWhole: Peer;
  readonly issuer: Issuer;
}

/** Starts the gateway on core 0 and all peers on core 1. */
export async function startStand(folder: string, proxyFile: string, here: string): Promise<Stand> {
  const issuer = await Issuer.start();
  const nginx = (role: NginxRole, core: number, port: number, token = "sk-client"): Promise<Peer> => {
    const command = ["nginx", "-p", folder, "-c", nginxConfiguration(folder, role, port, GATEWAY_PORT)];
    return startPeer(role, core, command, port, token);
  };
  const direct = await nginx("gateway", 0, GATEWAY_PORT);
  const plainNode = [process.execPath, join(here, "plain-node.mjs"), String(PORTS.node), String(GATEWAY_PORT)];
  const token = await issuer.token(Date.now(), { exp: Math.floor(Date.now() / 1000) + 36_000 });
  const options = entrypointOf(join(here, "../../../proxy/Dockerfile")).filter((word) => word.startsWith("--"));
  const startProxy = (name: ProxyName, front: string): Promise<Peer> => {
    const settings = join(folder, `${name}.yaml`);
    writeFileSync(settings, proxySettings(issuer.url, PORTS[name], front));
    const command = [process.execPath, ...options, proxyFile, "--config", settings];
    return startPeer(name, 1, command, PORTS[name], token, { GATEWAY_KEY: "sk-gateway" });
  };
  const peers = [
    await nginx("nginx", 1, PORTS.nginx),
    await nginx("nginx-lua", 1, PORTS["nginx-lua"]),
    await startPeer("node", 1, plainNode, PORTS.node, "sk-client"),
    await startProxy("proxy", "node"),
    await startProxy("strict", "strict"),
  ];
  const luaWhole = await nginx("nginx-lua-whole", 1, PORTS["nginx-lua-whole"], token);
  return { direct, peers, luaWhole, issuer };
}

function proxySettings(issuer: string, port: number, front: string): string {
  return `upstream: { profile: litellm, version: 1.108.10, url: "http://127.0.0.1:${GATEWAY_PORT}" }
gatewayKeys: [{ key: { env: GATEWAY_KEY } }]
listeners:
  - { name: api, address: 127.0.0.1, port: ${port}, front: ${front}, identity: { oidc: { issuer: "${issuer}", audiences: [litellm] } } }
policy: { groups: [{ group: engineering, models: ["gpt-*"] }] }
operations: { port: ${port + 1000} }
`;
}
