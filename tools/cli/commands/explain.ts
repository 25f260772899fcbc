import type { Command } from "commander";
import type {
  AddressExplanation,
  EnvironmentNameExplanation,
  Explanation,
  LineExplanation,
  RuleExplanation,
  SettingExplanation,
} from "../../../core/explain";
import { type Place, printableLines, renderReport, TOOL } from "../../../core/findings";
import { explainTarget } from "../explain-target";
import { guardrailRules } from "../guardrails";
import type { Finish, Io } from "../io";
import { plainFormat } from "../options";
import { UsageError } from "../usage-error";

interface ExplainCommandOptions {
  readonly litellmVersion?: string;
  readonly synthesized: string;
  readonly format: "text" | "json";
}

export function registerExplain(program: Command, io: Io, finish: Finish): void {
  program
    .command("explain")
    .description(
      "Says what a rule, a setting, a Terraform address or a line of the rendered config.yaml is, and which input line made it.",
    )
    .argument(
      "<what>",
      "a rule's id, a settings path, an address such as terraform_data.gateway, or a line such as config.yaml:12",
    )
    .argument("[environment.yaml]", "the environment that it is about")
    .option("--litellm-version <version>", "the LiteLLM release; else the environment's")
    .option("--synthesized <folder>", "what cdktf synth wrote", "cdktf.out")
    .addOption(plainFormat())
    .addHelpText("after", "\nExit codes: 0 explained, 2 usage, an unreadable file, or nothing of that name")
    .action((what: string, file: string | undefined, options: ExplainCommandOptions) =>
      finish(runExplain(what, file, options, io)),
    );
}

function runExplain(what: string, file: string | undefined, options: ExplainCommandOptions, io: Io): number {
  const { litellmVersion, synthesized, format } = options;
  const answer = explainTarget().explain(what, {
    synthesizedFolder: synthesized,
    moreRules: guardrailRules(),
    ...(file !== undefined && { environmentFile: file }),
    ...(litellmVersion !== undefined && { litellmVersion }),
  });
  if ("problem" in answer) throw new UsageError(answer.problem, answer.repair);
  if ("findings" in answer) {
    io.stderr.write(
      renderReport({ tool: TOOL, files: [file ?? ""], findings: answer.findings }, "text", { rules: [], colour: false }),
    );
    return 2;
  }
  const { explanations } = answer;
  io.stdout.write(
    format === "json" ? `${JSON.stringify({ explanations }, null, 2)}\n` : printableLines(explanations.map(shown).join("\n")),
  );
  return 0;
}

function shown(explanation: Explanation): string {
  const [head, rows] = partsOf(explanation);
  const kept = rows.filter((row): row is [string, string] => row[1] !== undefined && row[1] !== "");
  const width = Math.max(...kept.map(([label]) => label.length));
  return `${head}\n${kept.map(([label, text]) => `  ${label.padEnd(width)}  ${text}\n`).join("")}`;
}

type Rows = readonly (readonly [string, string | undefined])[];

function partsOf(explanation: Explanation): [string, Rows] {
  switch (explanation.kind) {
    case "rule":
      return ruleParts(explanation);
    case "setting":
      return settingParts(explanation);
    case "environment":
      return environmentParts(explanation);
    case "line":
      return lineParts(explanation);
    case "address":
      return addressParts(explanation);
  }
}

function ruleParts({ id, severity, waivable, summary, why, repair, docs }: RuleExplanation): [string, Rows] {
  const head = `${id} (${severity}${waivable ? "" : ", cannot be waived"})`;
  return [
    head,
    [
      ["what", summary],
      ["why", why],
      ["do", repair],
      ["docs", docs],
    ],
  ];
}

function settingParts(setting: SettingExplanation): [string, Rows] {
  const { path, litellmVersion, known, type, description, readAt, versions, fields, rules, setAt } = setting;
  const head = `${path} (a setting of LiteLLM${known ? ` ${litellmVersion}` : `, not of ${litellmVersion}`})`;
  const { since, until } = versions;
  const range = [since && `since ${since}`, until && `until ${until}`].filter(Boolean).join(", ");
  return [
    head,
    [
      ["type", type === "" ? "not declared" : type.replaceAll("|", " or ")],
      ["default", "default" in setting ? JSON.stringify(setting.default) : undefined],
      ["versions", range === "" ? "all that are known here" : `${range}, of those that are known here`],
      ["takes", fields?.join(", ")],
      ["LiteLLM says", description],
      ["read at", readAt],
      ["rules", rules.map(({ id }) => id).join(", ")],
      ["set at", setAt?.map(placeText).join(", ")],
    ],
  ];
}

function environmentParts({ path, expected, names, notYet, setAt }: EnvironmentNameExplanation): [string, Rows] {
  const rows: Rows = [
    ["expected", expected],
    ["takes", names?.join(", ")],
    ["comes with", notYet],
    ["set at", setAt && placeText(setAt)],
  ];
  return [`${path} (of the environment file)`, rows];
}

function lineParts({ line, text, path, place }: LineExplanation): [string, Rows] {
  return [
    `config.yaml:${line}  ${text.trim()}`,
    [
      ["comes from", placeText(place)],
      ["path", path],
    ],
  ];
}

function addressParts({ address, stack, construct, environmentFile, madeFrom }: AddressExplanation): [string, Rows] {
  const from = madeFrom.map(({ path, place }) => [path, place ? placeText(place) : "not set, so its default"].join("  "));
  return [
    `${address} (of the stack ${stack})`,
    [["construct", construct], ["environment", environmentFile], ...from.map((text): [string, string] => ["made from", text])],
  ];
}

function placeText({ file, line, column }: Place): string {
  return `${file}:${line}:${column}`;
}
