export type { Api, Metric, RequestModel, Route, RouteClass } from "./api";
export {
  type Catalogue,
  type Companion,
  type Evidence,
  knownVersions,
  loadCatalogue,
  type Model,
  type SectionName,
  type Setting,
} from "./catalogue";
export {
  enumerationHistory,
  type History,
  metricHistory,
  modelFieldHistory,
  modelHistory,
  sectionHistory,
  settingHistory,
} from "./history";
export { type Location, locateSetting, modelsAt, sectionPath } from "./locate";
export { modelFieldNote, type SettingNote, settingNote } from "./notes";
export { OVERLAY, type OverlayEntry } from "./overlay";
export { loadPrices, type ModelPrice, type PriceTable } from "./prices";
export { parseType, type TypePart } from "./type-notation";
