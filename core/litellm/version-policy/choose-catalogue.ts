import { type Catalogue, knownVersions, loadCatalogue } from "../catalogue";
import { compareReleases } from "../release";

/** The catalogue to check against, and how it relates to the version that was asked for. */
export interface ChosenCatalogue {
  readonly catalogue: Catalogue;
  /** `exact`: of this version. `line`: of another patch of the same minor line. `newer`: the version is newer than all. */
  readonly match: "exact" | "line" | "newer";
}

/**
 * The catalogue for a LiteLLM version: its own, else the newest of its minor line, else the newest of all for a version
 * that is newer than all. Undefined where none comes near.
 */
export function chooseCatalogue(version: string): ChosenCatalogue | undefined {
  const exact = loadCatalogue(version);
  if (exact) return { catalogue: exact, match: "exact" };
  if (!/^\d+\.\d+\.\d+$/.test(version)) return undefined;
  const versions = knownVersions();
  const sameLine = versions.filter((known) => lineOf(known) === lineOf(version)).at(-1);
  const newest = versions.at(-1) ?? "";
  const isNewer = compareReleases(version, newest) > 0;
  const catalogue = loadCatalogue(sameLine ?? (isNewer ? newest : ""));
  return catalogue && { catalogue, match: sameLine ? "line" : "newer" };
}

function lineOf(version: string): string {
  return version.split(".", 2).join(".");
}
