export type { Topic, VersionChange, Weight } from "./change";
export { compareVersions } from "./compare-versions";
export { type KnownVersion, type KnownVersions, listVersions } from "./known";
