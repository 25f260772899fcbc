import { isReference, isSecret } from "../findings";
import type { FoundScalar } from "./config-source";

const WEBHOOK = /webhook/i;
/** A file that holds the credential is no credential, nor is what LiteLLM exchanges for one (`oidc/google/...`). */
const FILE = /^(?:oidc\/.*|[./~][\w./~-]*|[\w./-]+\.(?:json|pem|key|crt))$/;
/** An address with neither a user nor a query. */
const BARE_URL = /^[a-z][a-z0-9+.-]*:\/\/[^@?#\s]*$/i;
/** Long, of one piece, with small and capital letters and digits: what machines make. */
const RANDOM = /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[A-Za-z0-9+/_=-]{32,}$/;

/** Words that say that there is no key. A value made of them alone is no credential. */
const STAND_INS = new Set(
  "no not none null n a na key keys is are needed need needs required necessary used unused empty anything any fake dummy mock placeholder example sk api the xxx xxxx true false".split(
    " ",
  ),
);

/**
 * Whether a value that an import found may be a credential. Rather once too often: what is taken for one becomes a
 * reference, and is written nowhere.
 */
export function mayBeCredential(name: string, value: unknown): boolean {
  if (typeof value !== "string" && typeof value !== "number") return false;
  const text = String(value);
  if (text === "" || isReference(text) || isStandIn(text)) return false;
  if (FILE.test(text) && !RANDOM.test(text)) return false;
  if (BARE_URL.test(text) && !WEBHOOK.test(name)) return isSecret("", text);
  return isSecret(name, text) || (typeof value === "string" && RANDOM.test(text));
}

/** Whether a scalar of a configuration may be a credential; of a webhook's addresses each is one, by whatever name. */
export function isCredential({ node, name, path }: FoundScalar): boolean {
  if (mayBeCredential(name, node.value)) return true;
  return /^https?:/.test(String(node.value)) && path.some((step) => WEBHOOK.test(String(step)));
}

/** Whether a line of a comment shows a credential: by its shape, or as `name: value` of a secret's name. */
export function showsCredential(line: string): boolean {
  if (line.split(/[\s"'`,;()]+/).some((word) => isSecret("", word) && !isStandIn(word))) return true;
  const pairs = line.matchAll(/([A-Za-z][\w-]*)["']?\s*[:=]\s*["']?([^\s"']{4,})/g);
  return [...pairs].some(([, name = "", value]) => mayBeCredential(name, value));
}

function isStandIn(text: string): boolean {
  const words = text
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
  return words.length > 0 && words.every((word) => STAND_INS.has(word));
}
