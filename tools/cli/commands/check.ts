import { basename } from "node:path";
import type { Command } from "commander";
import { CONFIG_RULES, loadEnvironments } from "../../../core/config";
import { type Format, isAtLeast, type Report, renderReport, type Severity, TOOL } from "../../../core/findings";
import { LITELLM_RULES } from "../../../core/litellm";
import { guard } from "../guardrails";
import { type Finish, type Io, today, wantsColour } from "../io";
import { failOn, reportFormat } from "../options";
import { UsageError } from "../usage-error";
import { renderMatrix } from "./matrix";

interface CheckOptions {
  readonly format: Format;
  readonly failOn: Severity;
  readonly matrix?: boolean;
}

export function registerCheck(program: Command, io: Io, finish: Finish): void {
  program
    .command("check")
    .description("Checks environment files offline: all problems at once, each with its place and a repair.")
    .argument("<environment.yaml...>", "files to check")
    .option("--matrix", "show what differs between the environments instead of what is wrong with them")
    .addOption(reportFormat())
    .addOption(failOn())
    .addHelpText("after", "\nExit codes: 0 clean, 1 findings at or above --fail-on, 2 usage or unreadable file")
    .action((files: string[], options: CheckOptions) => {
      io.endsSoon?.();
      finish(check(files, options, io));
    });
}

function check(files: readonly string[], options: CheckOptions, io: Io): number {
  if (options.matrix && !["text", "json", "md"].includes(options.format)) {
    throw new UsageError(`--matrix has no format ${options.format}`, "use text, json or md");
  }
  const started = io.now();
  const result = loadEnvironments(withoutBases(files), today(io));
  const guarded = guard(result.loaded, today(io));
  const all = [...result.findings, ...guarded.findings];
  const failing = all.some((finding) => !finding.waiver && isAtLeast(finding.severity, options.failOn));
  const code = result.readable ? (failing ? 1 : 0) : 2;
  const environments = result.loaded.flatMap(({ environment }) => (environment ? [environment] : []));
  if (options.matrix && code === 0) {
    io.stdout.write(renderMatrix(environments, options.format));
    return code;
  }
  const versions = [...new Set(environments.map(({ litellm }) => litellm.version))];
  // Only people are told how long it took: what programs and pull requests read is the same at every run.
  const took = options.format === "text" ? [`${((io.now() - started) / 1000).toFixed(2)} s`] : [];
  const remark = [...versions.map((version) => `LiteLLM ${version}`), ...took].join(", ");
  const report: Report = { tool: TOOL, files: result.files, findings: all, remark };
  const rules = [...CONFIG_RULES, ...LITELLM_RULES, ...guarded.rules];
  io.stdout.write(renderReport(report, options.format, { rules, colour: wantsColour(io) }));
  return code;
}

/** What is left of `environments/*.yaml` without the files that are only there to be extended. */
function withoutBases(files: readonly string[]): readonly string[] {
  const environments = files.filter((file) => !basename(file).startsWith("_"));
  if (environments.length > 0) return environments;
  throw new UsageError(`${files[0]} is a base for extends, and no environment by itself`, "check the files that extend it");
}
