import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { createSecureContext } from "node:tls";

/** What is wrong with a file, and what to do where its rule does not say it. */
export interface PemProblem {
  readonly message: string;
  readonly repair?: string;
}

/** Something that was read from PEM, or why it cannot be. */
export type FromPem<T> = { readonly value: T } | { readonly problem: PemProblem };

const BEGIN = "-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----";
const WHOLE = "name a PEM file with whole certificates, each from its BEGIN line to its END line";

/** All certificates of a text; one that cannot be read spoils them all, because TLS would leave it out in silence. */
export function readCertificates(text: string): FromPem<readonly X509Certificate[]> {
  const blocks = text.split(new RegExp(`(?=${BEGIN})`)).filter((block) => new RegExp(`^${BEGIN}`).test(block));
  const problem = (message: string) => ({ problem: { message, repair: WHOLE } });
  const certificates: X509Certificate[] = [];
  for (const [index, block] of blocks.entries()) {
    try {
      certificates.push(new X509Certificate(block));
    } catch {
      const which = blocks.length === 1 ? "this certificate" : `certificate ${index + 1} of ${blocks.length} in this file`;
      return problem(`${which} cannot be read`);
    }
  }
  return certificates.length > 0 ? { value: certificates } : problem("this file holds no certificate in PEM");
}

/** The private key of a text. */
export function readPrivateKey(text: string): FromPem<KeyObject> {
  try {
    return { value: createPrivateKey(text) };
  } catch {
    const encrypted = /-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type: 4,ENCRYPTED/m.test(text);
    if (encrypted) return { problem: { message: "this private key is encrypted", repair: "write it without a passphrase" } };
    return { problem: { message: "this file holds no private key in PEM" } };
  }
}

/** A list of revoked certificates, as text: Node has no form of its own for it. */
export function readRevocations(text: string): FromPem<string> {
  try {
    createSecureContext({ crl: text });
    return { value: text };
  } catch {
    return { problem: { message: "this file holds no revocation list in PEM" } };
  }
}
