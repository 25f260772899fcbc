import { type RequestHead, refuse, type Unidentified } from "./identity";

/** Headers in which SDKs send an API key. `authorization` carries it after `Bearer`. */
export const CREDENTIAL_HEADERS = ["authorization", "x-api-key", "api-key", "x-goog-api-key"] as const;

const PROTOCOLS = "sec-websocket-protocol";
/** Lengths of the names that {@link credentialIn} knows: most lines need no second look. */
const LENGTHS: ReadonlySet<number> = new Set([...CREDENTIAL_HEADERS, PROTOCOLS].map((name) => name.length));

/** Where a browser's WebSocket, which cannot set headers, carries a key for OpenAI's realtime API. */
const SUBPROTOCOL = "openai-insecure-api-key.";
/** No token or key is longer. */
const LONGEST = 16_384;

/**
 * The credential of a request: from the places where SDKs put an API key.
 *
 * Several are accepted only if they are the same, because otherwise it would depend on the reader who calls.
 */
export function readCredential(request: RequestHead): { readonly credential: string } | { readonly refused: Unidentified } {
  const { rawHeaders } = request;
  let credential: string | undefined;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] ?? "";
    if (!LENGTHS.has(name.length)) continue;
    const value = credentialIn(name.toLowerCase(), rawHeaders[i + 1] ?? "");
    if (value === null) return refuse("credential_malformed", "the Authorization header is not of the form: Bearer TOKEN");
    if (value === undefined || value === credential) continue;
    if (credential !== undefined) return refuse("credential_ambiguous", "the request carries different credentials: send one");
    credential = value;
  }
  if (credential === undefined)
    return refuse("credential_missing", "no token: send it as the API key, or as Authorization: Bearer TOKEN");
  if (credential.length > LONGEST) return refuse("credential_malformed", "the token is too long");
  return { credential };
}

/** The credential of one header line; undefined for none, null for a line that cannot be read. */
function credentialIn(name: string, value: string): string | null | undefined {
  switch (name) {
    case "authorization":
      return /^bearer +([\x21-\x7e]+)$/i.exec(value)?.[1] ?? null;
    case "x-api-key":
    case "api-key":
    case "x-goog-api-key":
      return value === "" ? undefined : value;
    case PROTOCOLS:
      return value
        .split(",")
        .map((protocol) => protocol.trim())
        .find((protocol) => protocol.startsWith(SUBPROTOCOL))
        ?.slice(SUBPROTOCOL.length);
    default:
      return undefined;
  }
}
