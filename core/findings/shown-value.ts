import { isSecretName } from "./secret-name";

/** Shapes of values that are credentials, whatever their name: provider keys, JSON Web Tokens, addresses with a password. */
const SECRET_VALUE = [
  /\b(?:(?:sk|pk|rk|trk)[-_]|xai-|(?:gsk|gh[pousr]|github_pat|hf)_|glpat-|xox[a-z]-|xapp-|AKIA|ASIA|AIza)[A-Za-z0-9_-]{8,}/,
  /eyJ[A-Za-z0-9_-]{8,}\./,
  /:\/\/[^/\s:@]*:[^/\s@]+@|\bhttps?:\/\/[^/?#\s@]+@/,
  /-----BEGIN|\bBearer\s+\S/,
  /\/\/(?:hooks\.slack\.com\/\w+|(?:\w+\.)?discord(?:app)?\.com\/api\/webhooks|[\w.-]+\.webhook\.office\.com)\/\S/,
];
/** `name: value` and `--name=value`, alone: a header, a variable or an argument in a list. */
const PAIR = /^-{0,2}([A-Za-z][\w-]*)(?:=|:\s*)((?:Basic\s+|Token\s+)?\S+)$/i;
const QUERY = /[?&;#]([\w.-]+)=([^&;#\s]+)/g;
const REFERENCE = /^os\.environ\/[A-Za-z_][A-Za-z0-9_]*$/;
const LONGEST = 60;
/** What is shown in place of a value that may be a secret. */
export const HIDDEN = "a hidden value";
/** Names under which the hash of a secret belongs: what does not fit there is often the secret itself. */
const HASH_NAME = /^(?:sha256|existing)$/;

/** Whether the value under `name` must not be shown. A reference such as `os.environ/NAME` may be. */
export function isSecret(name: string, value: unknown): boolean {
  if (typeof value !== "string" && typeof value !== "number") return false;
  const text = String(value);
  if (isReference(text) || text === "") return false;
  return isSecretName(name) || SECRET_VALUE.some((shape) => shape.test(text)) || namesSecret(text);
}

/** Whether a text is `os.environ/NAME`, which LiteLLM replaces by the variable NAME. */
export function isReference(text: string): boolean {
  return REFERENCE.test(text);
}

/** Whether a text says itself that a part of it is a credential: `--api-key=...`, `Authorization: Basic ...`, `?key=...`. */
function namesSecret(text: string): boolean {
  const pair = PAIR.exec(text);
  const pairs = [...(pair && !pair[2]?.startsWith("//") ? [pair] : []), ...(text.includes("://") ? text.matchAll(QUERY) : [])];
  return pairs.some(([, name = "", value = ""]) => isSecretName(name) && !isReference(value));
}

/** A value as a message shows it: short, quoted where it is text, hidden where it may be a secret. */
export function shownValue(name: string, value: unknown): string {
  if (isSecret(name, value) || (HASH_NAME.test(name) && typeof value === "string")) return HIDDEN;
  if (value === null) return "nothing";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : `a list of ${value.length}`;
  if (typeof value === "object") return "a mapping";
  const text = typeof value === "string" ? JSON.stringify(value) : String(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
