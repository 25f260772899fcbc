import type { Rule } from "../../findings";
import { compareReleases } from "../release";
import { ADVISORIES, type Advisory, DENIED_RELEASES, type DeniedRelease } from "./advisories";

/** What is known against a LiteLLM release. */
export interface VersionVerdict {
  readonly denied?: DeniedRelease;
  /** Advisories that it is open to. */
  readonly advisories: readonly Advisory[];
}

/** A LiteLLM release that must not run. */
export const versionMalicious: Rule = {
  id: "litellm-version-malicious",
  severity: "error",
  waivable: false,
  summary: "this LiteLLM release holds malicious code",
  why: "1.82.7 and 1.82.8 (March 2026) and 1.107.0 (October 2026) were published by attackers. Wherever one of them ran, every credential within its reach is to be replaced.",
  repair: "use another release, and replace every credential that a gateway of this release could read",
};

/** A LiteLLM release with known weaknesses. */
export const versionVulnerable: Rule = {
  id: "litellm-version-vulnerable",
  severity: "error",
  summary: "this LiteLLM release has known weaknesses",
  why: "Attackers read advisories too. The releases without the known ones are 1.84.3, 1.85.2, 1.86.2 and everything later (advisories of BerriAI/litellm).",
  repair: "use a release that is not affected",
};

/** Rules about the LiteLLM version alone. */
export const VERSION_RULES: readonly Rule[] = [versionMalicious, versionVulnerable];

/** What is known against a release; nothing for a text that is no release. */
export function judgeVersion(version: string): VersionVerdict {
  const denied = DENIED_RELEASES.find((release) => release.version === version);
  if (!/^\d+\.\d+\.\d+$/.test(version)) return { advisories: [] };
  return { ...(denied && { denied }), advisories: ADVISORIES.filter((advisory) => isOpenTo(version, advisory)) };
}

/** The first release that is known to be open to nothing, on the line of `version` or after it. */
export function leastSafeVersion(version: string): string {
  const candidates = [...new Set(ADVISORIES.flatMap(({ fixed }) => fixed))].sort(compareReleases);
  const safe = candidates.filter((candidate) => ADVISORIES.every((advisory) => !isOpenTo(candidate, advisory)));
  return safe.find((candidate) => compareReleases(candidate, version) >= 0) ?? safe.at(-1) ?? version;
}

/** A line that has a fix of its own is mended from there; a line between two fixes is mended where it is the later one's. */
function isOpenTo(version: string, { since, fixed }: Advisory): boolean {
  if (since && compareReleases(version, since) < 0) return false;
  const ownLine = fixed.find((fix) => lineOf(fix) === lineOf(version));
  if (ownLine) return compareReleases(version, ownLine) < 0;
  const last = fixed.at(-1) ?? version;
  return compareReleases(version, last) < 0;
}

function lineOf(version: string): string {
  return version.split(".", 2).join(".");
}
