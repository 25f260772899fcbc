import * as data from "./data/releases.json";

/** What `npm run proxy:reference` takes from the catalogue of one LiteLLM release. */
export interface Release {
  readonly version: string;
  /** `METHOD /path` of each route of ours that the release has. */
  readonly operations: readonly string[];
  /** The first segments of paths below which the release hands everything on to a provider. */
  readonly passThrough: readonly string[];
}

const RELEASES: readonly Release[] = data.releases;

/** LiteLLM versions whose routes are known, oldest first. */
export const KNOWN_VERSIONS: readonly string[] = RELEASES.map(({ version }) => version);

/** What is known of a LiteLLM version; undefined for one that is not known. */
export function releaseOf(version: string): Release | undefined {
  return RELEASES.find((release) => release.version === version);
}
