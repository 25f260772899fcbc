/** Names whose values are credentials, wherever they stand. */
const SECRET_NAME =
  /(^|[_-])(api_?key|secret|password|passwd|passphrase|token|credentials?|private_?key|authorization|salt_key|master_key|database_url|redis_url|license)([_-]|$)/i;
/** Names that look like secrets and are counts, switches or names of things. */
const HARMLESS_NAME =
  /(max_|_tokens?$|tokens_|token_rate|_token_cost|cost_per|_name$|credential_name|_credential_login|_ttl$|header_name)/i;
/** Shapes of values that are credentials, whatever their name: provider keys, JSON Web Tokens, URLs with a password, AWS keys. */
const SECRET_VALUE =
  /(\b(sk|pk|rk|trk|xai|gsk|ghp|gho|hf|AKIA|ASIA|AIza)[-_]?[A-Za-z0-9_-]{8,})|(eyJ[A-Za-z0-9_-]{8,}\.)|(:\/\/[^/\s:@]*:[^/\s@]+@)|(-----BEGIN)|(\bBearer\s+\S)/;
const REFERENCE = /^os\.environ\/[A-Za-z_][A-Za-z0-9_]*$/;
const LONGEST = 60;

/** Whether the value under `name` must not be shown. A reference such as `os.environ/NAME` may be. */
export function isSecret(name: string, value: unknown): boolean {
  if (typeof value !== "string" && typeof value !== "number") return false;
  const text = String(value);
  if (REFERENCE.test(text) || text === "") return false;
  return SECRET_VALUE.test(text) || (SECRET_NAME.test(name) && !HARMLESS_NAME.test(name));
}

/** A value as a message shows it: short, quoted where it is text, hidden where it may be a secret. */
export function shownValue(name: string, value: unknown): string {
  if (isSecret(name, value)) return "a hidden value";
  if (value === null) return "nothing";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : `a list of ${value.length}`;
  if (typeof value === "object") return "a mapping";
  const text = typeof value === "string" ? JSON.stringify(value) : String(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
