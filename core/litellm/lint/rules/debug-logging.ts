import type { Path } from "../../../source";
import type { LintContext } from "../context";
import type { LintRule } from "../lint-rule";

/** Logs that hold everything. */
export const debugLogging: LintRule = {
  id: "debug-logging",
  severity: "warning",
  summary: "debug logging is on",
  why: "The debug log holds prompts, answers, headers and the configuration; it slows the gateway, and has held the master and the salt key (BerriAI/litellm issue 12448; docs: proxy/prod).",
  repair: "remove it, and set LITELLM_LOG=ERROR for real users",
  check: (context) =>
    switches(context).map((path) => {
      const remark = { message: "the debug log holds prompts, answers and headers", repair: debugLogging.repair };
      const finding = context.foundAtName(debugLogging, path, remark);
      return context.production ? { ...finding, severity: "error" } : finding;
    }),
};

function switches(context: LintContext): Path[] {
  const flags: Path[] = [
    ["litellm_settings", "set_verbose"],
    ["router_settings", "set_verbose"],
  ];
  const levels: Path[] = [
    ["environment_variables", "LITELLM_LOG"],
    ["router_settings", "debug_level"],
  ];
  const isDebug = (path: Path): boolean => context.text(path)?.toUpperCase() === "DEBUG";
  return [...flags.filter((path) => context.isOn(path)), ...levels.filter(isDebug)];
}
