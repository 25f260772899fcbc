import { checkAtVersion, DEFAULT_LITELLM_VERSION, INSTALLABLE_VERSIONS } from "../config";
import { countFindings } from "../findings";
import { ADVISORIES, DENIED_RELEASES, judgeVersion, knownVersions, leastSafeVersion } from "../litellm";
import type { MapNode } from "../source";

/** A LiteLLM version that there is a catalogue of. */
export interface KnownVersion {
  readonly version: string;
  /** It is deployed where an environment names none, and the real tests run it. */
  readonly isDefault: boolean;
  /** The local target can install it. */
  readonly installable: boolean;
  /** Ids of advisories that it is open to. */
  readonly advisories: readonly string[];
  /** What the environment's check would find with it. */
  readonly check?: { readonly errors: number; readonly warnings: number };
}

export interface KnownVersions {
  /** Newest first. */
  readonly versions: readonly KnownVersion[];
  /** The first releases that are open to nothing, one for each line that got a fix. */
  readonly floor: string;
  /** Releases that must never run. */
  readonly denied: readonly string[];
}

/**
 * The versions that are known here.
 *
 * @param environment the tree of an environment file, to check it with each
 */
export function listVersions(today: string, environment?: MapNode): KnownVersions {
  const versions = knownVersions()
    .reverse()
    .map((version): KnownVersion => {
      const found =
        environment &&
        countFindings(checkAtVersion(environment, version, today).filter(({ rule }) => !rule.startsWith("litellm-version-")));
      return {
        version,
        isDefault: version === DEFAULT_LITELLM_VERSION,
        installable: INSTALLABLE_VERSIONS.includes(version),
        advisories: judgeVersion(version).advisories.map(({ id }) => id),
        ...(found && { check: { errors: found.errors, warnings: found.warnings } }),
      };
    });
  const oldest = ADVISORIES.flatMap(({ fixed }) => fixed)[0] ?? "";
  return { versions, floor: leastSafeVersion(oldest), denied: DENIED_RELEASES.map(({ version }) => version) };
}
