import { arrange, type Finding } from "../../../core/findings";
import { conform, loadPlainTree, type MapNode, SOURCE_RULES, soundParts } from "../../../core/source";
import { crossCheck } from "./checks";
import { PemReader, type TlsMaterial } from "./files";
import { hideSecrets } from "./hide-secrets";
import { SETTINGS_RULES } from "./rules";
import { type Settings, settingsSchema } from "./schema";
import { SecretReader } from "./secrets";

/** Settings that a proxy can start with: checked, with secrets and files read. */
export interface LoadedSettings {
  readonly settings: Settings;
  /** Values of `gatewayKeys`, in their order. */
  readonly gatewayKeys: readonly string[];
  /** Value of `audit.hashKey`. */
  readonly auditKey?: string;
  /** TLS of the listeners, in their order; absent for plain http. */
  readonly listenerTls: readonly (TlsMaterial | undefined)[];
  /** Authorities of the listeners' OIDC issuers, in the order of the listeners. */
  readonly issuerCa: readonly (string | undefined)[];
  /** The authority of `upstream.caFile`. */
  readonly upstreamCa?: string;
}

/** Where secrets by `env` are looked up. */
type Environment = Readonly<Record<string, string | undefined>>;

/** What a settings file amounts to. Warnings can stand beside settings; with an error there are none. */
export interface LoadResult {
  readonly loaded?: LoadedSettings;
  readonly findings: readonly Finding[];
}

/**
 * Reads the settings file, every problem at once. Never throws for bad input.
 *
 * @param file as the user named it
 * @param environment where secrets by `env` are looked up
 */
export function loadSettings(file: string, environment: Environment): LoadResult {
  const tree = loadPlainTree(file);
  if ("findings" in tree) return { findings: tree.findings.map(inOwnWords) };
  const conformed = conform(tree.root, settingsSchema, { unknown: SETTINGS_RULES.unknown, invalid: SETTINGS_RULES.invalid });
  const form = "findings" in conformed ? conformed.findings.map(hideSecrets).map(withRepair) : [];
  const sound: Partial<Settings> = "value" in conformed ? conformed.value : soundParts(tree.root, settingsSchema).parts;
  const { findings: unread, ...contents } = readContents(sound, tree.root, environment);
  const findings = arrange([...form, ...crossCheck(sound, tree.root), ...unread]);
  const failed = findings.some(({ severity }) => severity === "error");
  return failed || !("value" in conformed) ? { findings } : { loaded: { settings: conformed.value, ...contents }, findings };
}

/** What to do about files that are read alike for every tool, where the repair is this one's. */
const OWN_REPAIRS: ReadonlyMap<string, string> = new Map([
  [SOURCE_RULES.empty.id, "start from the first settings file in the README of litellm-identity-proxy"],
  [SOURCE_RULES.tag.id, "remove the tag, and write what it stands for; a secret is { env: NAME } or { file: PATH }"],
]);

function inOwnWords(finding: Finding): Finding {
  const repair = OWN_REPAIRS.get(finding.rule);
  return repair === undefined ? finding : { ...finding, repair };
}

/** Every finding says what to do; where the schema knows no better, its rule does. */
function withRepair(finding: Finding): Finding {
  const { invalid, unknown } = SETTINGS_RULES;
  return { ...finding, repair: finding.repair ?? (finding.rule === unknown.id ? unknown : invalid).repair };
}

/** Reads the secrets and files that are named, as far as their parts of the settings are there. */
function readContents(
  { audit, gatewayKeys = [], listeners = [], upstream }: Partial<Settings>,
  root: MapNode,
  environment: Environment,
) {
  const secrets = new SecretReader(root, environment);
  const pem = new PemReader(root);
  const contents: Omit<LoadedSettings, "settings"> = {
    gatewayKeys: gatewayKeys.map(({ key }, index) => secrets.read(key, ["gatewayKeys", index, "key"])),
    ...(audit?.hashKey && { auditKey: secrets.read(audit.hashKey, ["audit", "hashKey"]) }),
    listenerTls: listeners.map(({ tls }, index) => tls && pem.listener(tls, ["listeners", index, "tls"])),
    issuerCa: listeners.map(({ identity }, index) => {
      const file = identity.oidc?.caFile;
      return file ? pem.authority(file, ["listeners", index, "identity", "oidc", "caFile"]) : undefined;
    }),
    ...(upstream?.caFile && { upstreamCa: pem.authority(upstream.caFile, ["upstream", "caFile"]) }),
  };
  return { ...contents, findings: [...secrets.findings, ...pem.findings] };
}
