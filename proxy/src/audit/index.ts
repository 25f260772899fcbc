export { type AuditRecord, auditLine, type Decision } from "./audit-line";
export { type CallerName, callerNames, derivedAuditKey } from "./caller-name";
export { LineWriter, type TextSink } from "./line-writer";
export { type SlowSink, WholeLines } from "./whole-lines";
