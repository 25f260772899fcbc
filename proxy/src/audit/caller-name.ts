import { createHmac } from "node:crypto";
import type { Identity } from "../identity";

/** How audit lines name callers. */
export type CallerName = (identity: Identity) => string | undefined;

/**
 * Names for audit lines. `hashed`: an HMAC, so that lines of one caller belong together, and a list of employees does not
 * reveal who it is without the key.
 *
 * @param key key of the HMAC
 */
export function callerNames(form: "hashed" | "plain" | "none", key: string): CallerName {
  if (form === "none") return () => undefined;
  if (form === "plain") return ({ user }) => user;
  const known = new WeakMap<Identity, string>();
  return (identity) => {
    const before = known.get(identity);
    if (before !== undefined) return before;
    const name = createHmac("sha256", key).update(identity.user).digest("hex").slice(0, 24);
    known.set(identity, name);
    return name;
  };
}

/** The key of the hash where the settings name none: derived, so that it is stable and no second secret is needed. */
export function derivedAuditKey(gatewayKey: string): string {
  return createHmac("sha256", gatewayKey).update("identity-proxy audit").digest("hex");
}
