import { type Command, Option } from "commander";
import { CONFIG_RULES, DEFAULT_LITELLM_VERSION, lintConfigFile } from "../../../core/config";
import { type Format, isAtLeast, type Report, renderReport, type Severity, TOOL } from "../../../core/findings";
import { chooseCatalogue, judgeVersion, knownVersions, LITELLM_RULES, leastSafeVersion } from "../../../core/litellm";
import { type Finish, type Io, today, wantsColour } from "../io";
import { failOn, reportFormat } from "../options";
import { UsageError } from "../usage-error";

interface LintCommandOptions {
  readonly litellmVersion: string;
  readonly production?: boolean;
  readonly variable?: readonly string[];
  readonly providerParameter?: readonly string[];
  readonly format: Format;
  readonly failOn: Severity;
}

export function registerLint(program: Command, io: Io, finish: Finish): void {
  program
    .command("lint")
    .description("Checks LiteLLM configuration files, anybody's, as the given LiteLLM version reads them.")
    .argument("<config.yaml...>", "files to check")
    .option("--litellm-version <version>", "the LiteLLM release that reads the files", DEFAULT_LITELLM_VERSION)
    .option("--production", "real users depend on this gateway: debug logging and the like are errors")
    .addOption(new Option("--variable <NAME...>", "variables that the gateway has; with none, nothing is said to be missing"))
    .addOption(new Option("--provider-parameter <name...>", "names in litellm_params that are meant for the provider"))
    .addOption(reportFormat())
    .addOption(failOn())
    .addHelpText("after", "\nExit codes: 0 clean, 1 findings at or above --fail-on, 2 usage or unreadable file")
    .action((files: string[], options: LintCommandOptions) => finish(lint(files, options, io)));
}

function lint(files: readonly string[], options: LintCommandOptions, io: Io): number {
  const started = io.now();
  const { catalogue, remarks } = catalogueFor(options.litellmVersion);
  for (const remark of remarks) io.stderr.write(`${remark}\n`);
  const surroundings = {
    catalogue,
    production: options.production ?? false,
    providerParameters: options.providerParameter ?? [],
    ...(options.variable && { variables: variablesOf(options.variable) }),
  };
  const names = [...new Set(files)];
  const results = names.map((file) => lintConfigFile(file, surroundings, today(io)));
  const findings = results.flatMap((result) => result.findings);
  // Only people are told how long it took: what programs read is the same at every run.
  const took = options.format === "text" ? [`${((io.now() - started) / 1000).toFixed(2)} s`] : [];
  const remark = [`LiteLLM ${options.litellmVersion}`, ...took].join(", ");
  const report: Report = { tool: TOOL, files: names, findings, remark };
  io.stdout.write(renderReport(report, options.format, { rules: [...CONFIG_RULES, ...LITELLM_RULES], colour: wantsColour(io) }));
  if (!results.every(({ readable }) => readable)) return 2;
  return findings.some((finding) => !finding.waiver && isAtLeast(finding.severity, options.failOn)) ? 1 : 0;
}

/** `NAME`, or `NAME=value` for what is no secret. */
function variablesOf(written: readonly string[]): Map<string, string | undefined> {
  return new Map(
    written.map((text) => {
      const [name = "", ...value] = text.split("=");
      return [name, value.length > 0 ? value.join("=") : undefined];
    }),
  );
}

/** The catalogue of a version, and what should be said about the version itself: it stands in no file. */
function catalogueFor(version: string) {
  const { denied, advisories } = judgeVersion(version);
  if (denied)
    throw new UsageError(`LiteLLM ${version} must not run: ${denied.why}`, "use another release, and replace every credential");
  const chosen = chooseCatalogue(version);
  const known = knownVersions().join(", ");
  if (!chosen) throw new UsageError(`there is no catalogue of LiteLLM ${JSON.stringify(version)}`, `versions: ${known}`);
  const remarks = [
    ...(advisories.length > 0
      ? [`LiteLLM ${version} is open to ${advisories.map(({ id }) => id).join(", ")}; use ${leastSafeVersion(version)} or later`]
      : []),
    ...(chosen.match === "exact"
      ? []
      : [`there is no catalogue of LiteLLM ${version}; the files were checked against ${chosen.catalogue.version}`]),
  ];
  return { catalogue: chosen.catalogue, remarks };
}
