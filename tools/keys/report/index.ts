export { type KeyReport, keyReportSchema } from "./key-report";
export { makeReport, type ReportInput } from "./make-report";
export { KEY_REPORT_FORMATS, type KeyReportFormat, renderKeyReport } from "./render-report";
export { renderSpend, SPEND_FORMATS, type SpendFormat } from "./render-spend";
export { daysOfMonth, readSpend, type SpendOptions } from "./spend";
export { type SpendReport, spendReportSchema } from "./spend-report";
