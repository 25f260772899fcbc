import { join } from "node:path";
import type { IdentityProxy } from "../../../core/config";
import { renderConfig } from "../../../core/litellm";
import type { LocalFolders } from "../folders";
import { writeAtomically } from "../supervisor/atomic-file";
import { specHash } from "../supervisor/spec-hash";
import type { SecretSource, WantedPart } from "../supervisor/wanted";
import type { Program } from "./program";

/** What the proxy is started with. */
export interface ProxyStart {
  readonly proxy: IdentityProxy;
  readonly folders: LocalFolders;
  readonly program: Program;
  /** Where its secrets live, and their values for the hash alone. */
  readonly secrets: Readonly<Record<string, SecretSource>>;
  readonly secretValues: Readonly<Record<string, string>>;
  /** Of the caller. */
  readonly environment: NodeJS.ProcessEnv;
  readonly hashKey: string;
}

/** The proxy's settings file. */
export function proxySettingsFile(folders: LocalFolders): string {
  return join(folders.root, "identity-proxy.yaml");
}

/**
 * The identity proxy of an environment, on 127.0.0.1 alone, its settings written down. It does not wait for LiteLLM: while
 * that starts again the proxy says so to clients, and needs no restart itself.
 */
export function proxyPart(start: ProxyStart): WantedPart {
  const { proxy, folders, program, secrets, secretValues, environment, hashKey } = start;
  const settings = renderConfig(proxy.settings);
  const file = proxySettingsFile(folders);
  writeAtomically(file, settings);
  const args = [program.path, "--config", file];
  const { NODE_EXTRA_CA_CERTS } = environment;
  const env: Record<string, string> = NODE_EXTRA_CA_CERTS ? { NODE_EXTRA_CA_CERTS } : {};
  const [port = 0, ...others] = proxyPorts(proxy);
  return {
    name: "identity-proxy",
    process: { command: process.execPath, args, cwd: folders.run, env },
    secrets,
    hash: specHash(hashKey, { args, program: program.digest, env, settings, secretValues }),
    port,
    otherPorts: others,
    probe: { kind: "http", port: proxy.settings.operations.port, path: "/readyz" },
    after: [],
    stopSignal: "SIGTERM",
  };
}

/** Every port of the proxy, the one for clients first. */
function proxyPorts({ settings }: IdentityProxy): number[] {
  return [...settings.listeners.map(({ port }) => port), settings.operations.port];
}
