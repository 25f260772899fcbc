import { createHash } from "node:crypto";
import { renderConfig } from "../litellm";
import type { LocalEnvironment } from "./environment";

/**
 * A fingerprint of all that is deployed for a local environment: what was planned has the same one as what is applied, or it is
 * something else. Holds no secret: secrets are references.
 */
export function deploymentDigest({ litellm, database, secrets, identityProxy, keys, name, target }: LocalEnvironment): string {
  const { config, environment, ...rest } = litellm;
  const parts = [
    name,
    target,
    rest,
    database,
    sorted(environment),
    sorted(secrets),
    renderConfig(config),
    renderConfig(identityProxy),
    ...(keys ? [keys] : []),
  ];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

function sorted(record: Readonly<Record<string, unknown>>): [string, unknown][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}
