export { type ClosedMappingOptions, closedMapping, type Shape } from "./closed-mapping";
export type { Comment } from "./comments";
export { type Conformed, type ConformOptions, conform, type UnknownAdvice } from "./conform";
export { type EditorSchema, editorSchema } from "./editor-schema";
export { isWithin } from "./is-within";
export { listYamlFiles } from "./list-files";
export { besideFile, loadPlainTree, loadTree, MAX_EXTENDS, type TreeResult } from "./load-tree";
export { isMapping } from "./mapping";
export {
  type Entry,
  type ListNode,
  type MapNode,
  nameOfPath,
  nodeAt,
  type Path,
  placeOfName,
  placeOfValue,
  type ScalarNode,
  type SourceNode,
  showPath,
  toValue,
} from "./node";
export { ownValue } from "./own-value";
export { type ParseResult, parseSource } from "./parse";
export { MAX_FILE_BYTES, readText, type TextResult } from "./read-text";
export { SOURCE_RULES } from "./rules";
export { describeSchema, knownNames, schemasAt } from "./schema";
export { type SoundParts, soundParts } from "./sound-parts";
