import { createHash, generateKeyPairSync } from "node:crypto";
import { keptSecret } from "../secrets";

/** A private key on the curve P-256, as a JSON Web Key (RFC 7517). */
export interface SigningKey {
  readonly kty: string;
  readonly crv: string;
  readonly x: string;
  readonly y: string;
  readonly d: string;
}

/** What anybody may know of a signing key. */
export interface PublicKey extends Omit<SigningKey, "d"> {
  readonly kid: string;
  readonly alg: "ES256";
  readonly use: "sig";
}

const FILE = "issuer-key";

/** The key that signs the tokens of this environment's development issuer: made once, mode 0600 in the folder of secrets. */
export function signingKey(secrets: string): SigningKey {
  return JSON.parse(keptSecret(secrets, FILE, newSigningKey)) as SigningKey;
}

/** The public half, named by its own content (RFC 7638), so that a new key has a new name. */
export function publicKey({ kty, crv, x, y }: SigningKey): PublicKey {
  const kid = createHash("sha256").update(JSON.stringify({ crv, kty, x, y })).digest("base64url");
  return { kty, crv, x, y, kid, alg: "ES256", use: "sig" };
}

function newSigningKey(): string {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return JSON.stringify(privateKey.export({ format: "jwk" }));
}
