export { commentWaivers, waiverMalformed } from "./comment-waiver";
export { type AppliedWaiver, arrange, compareFindings, type Finding, isAtLeast, type Place, type Severity } from "./finding";
export { nearestName } from "./near-name";
export { printable } from "./printable";
export { type Counts, countFindings, FORMATS, type Format, REPORT_VERSION, type Report, renderReport, summarise } from "./report";
export { found, type Occurrence, type Rule } from "./rule";
export { isSecret, shownValue } from "./shown-value";
export { TOOL } from "./tool";
export { applyWaivers, WAIVER_RULES, type Waiver } from "./waiver";
