import * as data from "./data/releases.json";

/** What `npm run proxy:reference` takes from the catalogue of one LiteLLM release. */
export interface Release {
  readonly version: string;
  /** `METHOD /path` of each route of ours that the release has. */
  readonly operations: readonly string[];
  /** Those of the pass-through prefixes that the release has. */
  readonly passThrough: readonly string[];
}

const RELEASES: readonly Release[] = data.releases;

/** LiteLLM versions whose routes are known, oldest first. */
export const KNOWN_VERSIONS: readonly string[] = RELEASES.map(({ version }) => version);

/** What is known of a LiteLLM version; undefined for one that is not known. */
export function releaseOf(version: string): Release | undefined {
  return RELEASES.find((release) => release.version === version);
}
