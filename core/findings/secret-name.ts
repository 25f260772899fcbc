/** A word that names a credential, fused ones included: `PGPASSWORD`, `authtoken`. */
const SECRET_WORD =
  /(?:password|passwd|passphrase|passcode|apikey|secrets?|token|credentials?|webhook)$|^(?:pass|passwords|pgpass|pwd|pw|pat|auth|authorization|cookie|dsn|license|licence|sig|bearer)$/;
/** What a key is of where it is no credential: `public_key`, `cache_key`, `sort_key`. */
const OPEN_KEY = /^(?:public|cache|primary|partition|sort|foreign|index|routing|group|hash|row|object|metadata|label|isolation)$/;
/** Whose keys are credentials, where there are several: `api_keys`, and not `allowed_keys`. */
const SECRET_KEYS = /^(?:api|master|access|secret|private|subscription|virtual|signing|encryption)$/;
/** Two words of which neither alone says it. */
const SECRET_PAIR = /\b(?:connection string|database url|redis url)\b/;
/** Words that make a count, a price or a switch of a name wherever they stand: `max_token`, `cost_per_token`, `enable_auth`. */
const HARMLESS_WORD =
  /^(?:max|min|cost|costs|price|per|tokens|count|rate|enable|enabled|disable|disabled|custom|has|is|supports|prefix|bos|eos|driver|kms|page|through)$/;
/** What the last word says the value is of a credential, other than the credential: `api_key_name`, `auth_type`. */
const HARMLESS_LAST =
  /^(?:name|names|login|ttl|type|types|level|mode|method|path|file|header|headers|alias|length|duration|expiry|expires|endpoint|provider|manager|system|region|version|scope|scopes|field|fields|limit|seconds|required|strategy|settings|params|pattern|ref|config|identity)$/;

/**
 * Whether what stands under a name is a credential, by the name's words. They are told apart at what is neither letter nor
 * digit and at capitals: `x-api-key`, `apiKey`, `AZURE_AD_TOKEN`.
 */
export function isSecretName(name: string): boolean {
  const words = wordsOf(name);
  if (words.some((word) => HARMLESS_WORD.test(word))) return false;
  const last = words.findLast((word) => !/^\d+$/.test(word)) ?? "";
  if (HARMLESS_LAST.test(last)) return false;
  if (/^(?:url|uri)$/.test(last) && words.some((word) => /^(?:token|auth|authorization)$/.test(word))) return false;
  return (
    words.some((word, index) => SECRET_WORD.test(word) || isSecretKey(word, words[index - 1])) ||
    SECRET_PAIR.test(words.join(" "))
  );
}

function isSecretKey(word: string, before = ""): boolean {
  return (word === "key" && !OPEN_KEY.test(before)) || (word === "keys" && SECRET_KEYS.test(before));
}

function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter(Boolean);
}
