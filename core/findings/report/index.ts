import type { Rule } from "../rule";
import { renderJson } from "./json";
import { renderJunit } from "./junit";
import { renderMarkdown } from "./markdown";
import type { Report } from "./report";
import { renderSarif } from "./sarif";
import { renderCompact, renderText } from "./text";

export { REPORT_VERSION } from "./json";
export { type Counts, countFindings, type Report, summarise } from "./report";

/** The renderings of a report, as `--format` names them. */
export const FORMATS = ["text", "compact", "json", "sarif", "junit", "md"] as const;
export type Format = (typeof FORMATS)[number];

/**
 * A report in one of the {@link FORMATS}.
 *
 * @param options.rules describes the rules for formats that carry descriptions
 * @param options.colour whether text goes to a terminal
 */
export function renderReport(report: Report, format: Format, options: { rules: readonly Rule[]; colour: boolean }): string {
  switch (format) {
    case "text":
      return renderText(report, options.colour);
    case "compact":
      return renderCompact(report);
    case "json":
      return renderJson(report);
    case "sarif":
      return renderSarif(report, options.rules);
    case "junit":
      return renderJunit(report);
    case "md":
      return renderMarkdown(report);
  }
}
