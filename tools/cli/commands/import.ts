import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { type Command, Option } from "commander";
import { environmentSchema } from "../../../core/config";
import { counted, type Finding, isAtLeast, printable, renderReport, type Severity, TOOL } from "../../../core/findings";
import type { Change, ImportKind, ImportResult } from "../../../core/import";
import { importTarget } from "../import-target";
import { type Finish, type Io, today } from "../io";
import { failOn, plainFormat } from "../options";
import { UsageError } from "../usage-error";

interface ImportCommandOptions {
  readonly kind?: ImportKind;
  readonly name?: string;
  readonly service?: string;
  readonly out?: string;
  readonly format: "text" | "json";
  readonly failOn: Severity;
}

const KIND_WORDS: Readonly<Record<ImportKind, string>> = {
  config: "LiteLLM's own configuration",
  helm: "values of the Helm chart",
  terraform: "arguments of the Terraform module",
  compose: "a service of docker-compose",
};

export function registerImport(program: Command, io: Io, finish: Finish): void {
  program
    .command("import")
    .description(
      "Makes an environment file of what you have: a config.yaml, Helm values, a Terraform module's proxy_config, a docker-compose service.",
    )
    .argument("<file>", "what you have")
    .addOption(new Option("--kind <kind>", "what the file is; else its content tells").choices(Object.keys(KIND_WORDS)))
    .option("--name <name>", "name of the environment; else after the file")
    .option("--service <name>", "the service of docker-compose, where several run LiteLLM")
    .option("--out <file>", "write the environment there instead of printing it; never overwrites")
    .addOption(plainFormat())
    .addOption(failOn())
    .addHelpText(
      "after",
      "\nThe environment goes to stdout, the changes and findings to stderr; with --format json all of it to stdout.",
    )
    .addHelpText(
      "after",
      "\nExit codes: 0 imported, 1 imported with findings at or above --fail-on, 2 usage or a file that cannot be imported",
    )
    .action((file: string, options: ImportCommandOptions) => finish(runImport(file, options, io)));
}

function runImport(file: string, options: ImportCommandOptions, io: Io): number {
  if (options.name !== undefined && !environmentSchema.shape.name.safeParse(options.name).success) {
    throw new UsageError(
      `${JSON.stringify(options.name)} is not a name of an environment`,
      "use lower-case letters, digits and hyphens, at most 31",
    );
  }
  if (options.out === "") throw new UsageError("--out names no file", "name the file to write");
  const { kind, name, service } = options;
  const shownAs = options.out ?? "<stdout>";
  const result = importTarget().importFile(file, {
    shownAs,
    today: today(io),
    ...(kind && { kind }),
    ...(name && { name }),
    ...(service && { service }),
  });
  if (!("text" in result)) {
    const report = { tool: TOOL, files: [file], findings: result.findings };
    (options.format === "json" ? io.stdout : io.stderr).write(renderReport(report, options.format, { rules: [], colour: false }));
    return 2;
  }
  if (options.out !== undefined) write(resolve(io.cwd, options.out), result.text, options.out);
  show(file, result, options, io);
  return result.findings.some((finding) => isAtLeast(finding.severity, options.failOn)) ? 1 : 0;
}

function show(file: string, result: ImportResult, { format, out }: ImportCommandOptions, io: Io): void {
  const { kind, text, changes, findings } = result;
  if (format === "json") {
    const written = out === undefined ? { environment: text } : { out };
    io.stdout.write(`${JSON.stringify({ input: file, kind, ...written, changes, findings }, null, 2)}\n`);
    return;
  }
  if (out === undefined) io.stdout.write(text);
  io.stderr.write(`${listed(file, kind, changes, out)}\n${remarks(findings, out ?? "<stdout>")}`);
}

/** The changes, one a line, what was left behind first. */
function listed(file: string, kind: ImportKind, changes: readonly Change[], out: string | undefined): string {
  const leftOut = changes.filter((change) => change.kind === "left-out");
  const others = changes.filter((change) => change.kind !== "left-out");
  const head = `${file}: ${KIND_WORDS[kind]}; ${counted(others.length, "change")}, ${leftOut.length} left out${out === undefined ? "" : `; wrote ${out}`}`;
  return [head, ...leftOut.map(line), ...others.map(line)].map((shown) => `${printable(shown)}\n`).join("");
}

function line({ kind, place, path, message }: Change): string {
  const where = place ? `${place.file}:${place.line}:${place.column}  ` : "";
  return `  ${kind.padEnd(8)}  ${where}${path === "" ? "the file" : path}: ${message}`;
}

function remarks(findings: readonly Finding[], shownAs: string): string {
  return renderReport({ tool: TOOL, files: [shownAs], findings }, "text", { rules: [], colour: false });
}

/** Never overwrites what is there. */
function write(target: string, text: string, shown: string): void {
  try {
    writeFileSync(target, text, { flag: "wx" });
  } catch (error) {
    const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : "unknown reason";
    if (code === "EEXIST") throw new UsageError(`${shown} exists already`, "choose another name, or remove the file first");
    throw new UsageError(`${shown} cannot be written: ${code}`, "name a file in a folder that exists and that you may write to");
  }
}
