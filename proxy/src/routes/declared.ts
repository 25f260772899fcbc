import * as litellm from "./data/1.108.10.json";

/** What the generator writes for one LiteLLM release. */
interface Declared {
  readonly version: string;
  /** `METHOD /path` of each route decorator in the package. */
  readonly operations: readonly string[];
}

const RELEASES: readonly Declared[] = [litellm];

/** LiteLLM versions whose routes and identity channels are known. */
export const KNOWN_VERSIONS: readonly string[] = RELEASES.map(({ version }) => version);

/** The operations that a LiteLLM version declares; undefined for a version that is not known. */
export function declaredOperations(version: string): ReadonlySet<string> | undefined {
  const release = RELEASES.find((candidate) => candidate.version === version);
  return release && new Set(release.operations);
}
