import type { Path } from "../../../../core/source";
import { SETTINGS_RULES } from "../rules";
import type { ListenerSettings, Settings } from "../schema";
import type { Reporter } from "./report";

/** Names are given once, client certificates are read where they are asked for, keys come over encrypted lines. */
export function checkListeners({ listeners }: Pick<Settings, "listeners">, report: Reporter): void {
  const names = new Set<string>();
  for (const [index, listener] of listeners.entries()) {
    const at: Path = ["listeners", index];
    if (names.has(listener.name))
      report.value(SETTINGS_RULES.clash, [...at, "name"], { message: "two listeners have this name", got: listener.name });
    names.add(listener.name);
    checkCertificates(listener, at, report);
    checkUrls(listener, at, report);
    checkServiceKeys(listener, at, report);
  }
}

function checkCertificates({ identity, tls }: ListenerSettings, at: Path, report: Reporter): void {
  if (identity.mtls && !tls?.clientCaFile) {
    const message = "client certificates are read, and no authority for them is named";
    report.name(SETTINGS_RULES.mtls, [...at, "identity", "mtls"], { message });
  }
  if (tls?.clientCaFile && !identity.mtls) {
    const message = "an authority for client certificates is named, and certificates are not read";
    report.value(SETTINGS_RULES.mtls, [...at, "tls", "clientCaFile"], { message });
  }
}

function checkUrls({ identity }: ListenerSettings, at: Path, report: Reporter): void {
  const urls = [
    [["oidc", "issuer"], identity.oidc?.issuer],
    [["oidc", "jwksUri"], identity.oidc?.jwksUri],
    [["alb", "keysUrl"], identity.alb?.keysUrl],
  ] as const;
  for (const [path, url] of urls) {
    if (url === undefined || isTrustworthy(url)) continue;
    const seen = { message: "this URL is not encrypted", got: url, expected: "https" };
    report.value(SETTINGS_RULES.insecure, [...at, "identity", ...path], seen);
  }
}

function checkServiceKeys({ identity }: ListenerSettings, at: Path, report: Reporter): void {
  const hashes = identity.serviceKeys?.keys.map(({ sha256 }) => sha256) ?? [];
  for (const [index, hash] of hashes.entries()) {
    if (hashes.indexOf(hash) === index) continue;
    const path = [...at, "identity", "serviceKeys", "keys", index, "sha256"];
    report.value(SETTINGS_RULES.clash, path, { message: "two services have the same key" });
  }
}

function isTrustworthy(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === "https:" || hostname === "localhost" || hostname === "[::1]" || /^127(\.\d+){3}$/.test(hostname);
}
