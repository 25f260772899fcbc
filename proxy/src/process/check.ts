import { isAtLeast, renderReport } from "../../../core/findings";
import { SOURCE_RULES } from "../../../core/source";
import type { LoadResult } from "../settings";
import { TOOL } from "./tool";

/** The report of a settings file, and the exit code that goes with it. */
export function checkReport(
  file: string,
  { findings }: LoadResult,
  format: "text" | "json",
  colour: boolean,
): { text: string; code: number } {
  const text = renderReport({ tool: TOOL, files: [file], findings }, format, { rules: [], colour });
  const unreadable = findings.some(({ rule }) => UNREADABLE.has(rule));
  const failed = findings.some(({ severity }) => isAtLeast(severity, "error"));
  return { text, code: unreadable ? 2 : failed ? 1 : 0 };
}

const UNREADABLE: ReadonlySet<string> = new Set(Object.values(SOURCE_RULES).map(({ id }) => id));
