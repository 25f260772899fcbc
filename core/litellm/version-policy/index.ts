export { ADVISORIES, type Advisory, DENIED_RELEASES, type DeniedRelease } from "./advisories";
export { type ChosenCatalogue, chooseCatalogue } from "./choose-catalogue";
export {
  judgeVersion,
  leastSafeVersion,
  VERSION_RULES,
  type VersionVerdict,
  versionMalicious,
  versionVulnerable,
} from "./judge-version";
