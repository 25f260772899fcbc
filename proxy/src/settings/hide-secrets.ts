import { type Finding, HIDDEN, isSecret } from "../../../core/findings";
import { SETTINGS_RULES } from "./rules";
import { looksLikeKey } from "./variable-name";

const REPLACE = "have the key replaced if this is the key itself";

/** Where a secret is named, or its hash stands: what is written there by mistake is often the secret. */
const NEAR_SECRETS = [
  /^gatewayKeys(?!\[\d+\]\.group)/,
  /^audit\.hashKey/,
  /^listeners\[\d+\]\.identity\.serviceKeys(?:\.keys(?:\[\d+\](?:\.sha256)?)?)?$/,
];
/** Parts of the settings whose names are few, so that any other may be a secret. The first group is what may be shown. */
const UNKNOWN_NAME = [
  /^(gatewayKeys\[\d+\](?:\.key)?)(?:\.[^.]*|\[".*)$/,
  /^(audit\.hashKey)(?:\.[^.]*|\[".*)$/,
  /^(listeners\[\d+\]\.identity\.serviceKeys(?:\.keys\[\d+\])?)(?:\.[^.]*|\[".*)$/,
];

/** The name at the end of a path, `a.name` or `a["name"]`, with what stands before it. */
const LAST_NAME = /^(.*?)(?:\.([^.[\]]*)|\["(.*)"\])$/;

/** The same finding about the form of a setting, without what may be a secret, and with what to do in case it is one. */
export function hideSecrets(finding: Finding): Finding {
  const { path, rule } = finding;
  if (rule === SETTINGS_RULES.unknown.id) return { ...finding, path: parentOfSecret(path) };
  if (finding.got === undefined || !NEAR_SECRETS.some((shape) => shape.test(path))) return finding;
  return { ...finding, got: HIDDEN, repair: finding.repair ?? repairOf(path) };
}

function parentOfSecret(path: string): string {
  const known = UNKNOWN_NAME.map((shape) => shape.exec(path)?.[1]).find((parent) => parent !== undefined);
  return known ?? withoutKey(path);
}

/** Anywhere else a name is shown, unless it is a key by its looks. */
function withoutKey(path: string): string {
  const [, parent = "", plain, quoted] = LAST_NAME.exec(path) ?? [];
  const name = plain ?? quoted ?? path;
  if (!isSecret("", name) && !looksLikeKey(name)) return path;
  return parent === "" ? "a hidden name" : parent;
}

function repairOf(path: string): string {
  if (path.endsWith(".sha256")) return `write what --hash-key prints for the key; ${REPLACE}`;
  if (path.endsWith(".env")) return `write the variable's name; ${REPLACE}`;
  return `write what the message names; ${REPLACE}`;
}
