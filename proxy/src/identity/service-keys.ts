import { hash } from "node:crypto";
import type { ServiceKeysSettings } from "../settings/identity-schema";
import { readCredential } from "./credential";
import { type Identified, type IdentitySource, identityOf, type RequestHead, refuse } from "./identity";

/** Hash of a service key as the settings hold it: SHA-256 in hexadecimal. Enough for keys of 32 random bytes, not for words. */
export function hashServiceKey(key: string): string {
  return hash("sha256", key, "hex");
}

/** Keys with a fixed identity. They are looked up by hash, so that the time of a look-up tells nothing about a key. */
export class ServiceKeysSource implements IdentitySource {
  private readonly byHash: ReadonlyMap<string, Identified>;

  constructor(settings: ServiceKeysSettings, prefix: string) {
    this.byHash = new Map(settings.keys.map(({ sha256, user, groups }) => [sha256, identityOf(user, groups, prefix)]));
  }

  identify(request: RequestHead): Identified {
    const read = readCredential(request);
    if ("refused" in read) return read;
    return this.byHash.get(hashServiceKey(read.credential)) ?? refuse("key_unknown", "this key is not known here");
  }

  async start(): Promise<void> {}

  problem(): undefined {}

  stop(): void {}

  figures(): Readonly<Record<string, number>> {
    return {};
  }
}
