import type { LoadedEnvironment } from "../../core/config";
import { renderReport, TOOL } from "../../core/findings";
import type { Io } from "./io";

/** Says on stderr why an environment cannot be used, and returns the exit code that says so too. */
export function refuse({ files, findings, readable }: LoadedEnvironment, io: Io): 1 | 2 {
  io.stderr.write(renderReport({ tool: TOOL, files, findings }, "text", { rules: [], colour: false }));
  return readable ? 1 : 2;
}
