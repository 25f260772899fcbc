export type { Change, ChangeKind } from "./change";
export { IMPORT_KINDS, type ImportKind, type ImportOptions, type ImportResult, importFile } from "./import-file";
export { notImportable } from "./not-importable";
