import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type LoadedSettings, loadSettings } from "../../../proxy/src/settings";

/** The key that the proxy under test holds for the gateway. */
export const GATEWAY_KEY = "sk-gateway-key-of-the-proxy";

/** Writes a settings file and returns its path. */
export function settingsFile(text: string): string {
  const file = join(mkdtempSync(join(tmpdir(), "identity-proxy-")), "proxy.yaml");
  writeFileSync(file, text);
  return file;
}

/** Settings from text, with one gateway key in the environment. @throws Error with the findings when there are any errors */
export function settingsFrom(text: string, environment: Record<string, string> = { GATEWAY_KEY }): LoadedSettings {
  const { loaded, findings } = loadSettings(settingsFile(text), environment);
  if (!loaded) throw new Error(JSON.stringify(findings, null, 1));
  return loaded;
}

/** Who reads HTTP where a test does not say it: the project `strict` runs the same tests once more with the other front. */
export const FRONT = process.env.IDENTITY_PROXY_FRONT ?? "node";

/** Parts of a settings file that a test replaces. */
export interface SettingsParts {
  readonly upstream: string;
  readonly identity: string;
  readonly policy?: string;
  readonly tls?: string;
  /** @default {@link FRONT} */
  readonly front?: string;
  readonly more?: string;
}

/** A whole settings file: one listener, one key, and a policy that allows `engineering` everything. */
export function settingsText({ upstream, identity, policy, tls, front = FRONT, more = "" }: SettingsParts): string {
  return `
upstream: ${upstream}
gatewayKeys: [{ key: { env: GATEWAY_KEY } }]
listeners:
  - { name: api, address: 127.0.0.1, port: 0, front: ${front}, ${tls ? `tls: ${tls}, ` : ""}identity: ${identity} }
policy: ${policy ?? "{ groups: [{ group: engineering }] }"}
${more}`;
}
