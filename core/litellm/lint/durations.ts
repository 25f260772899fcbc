import { ownValue, type Path } from "../../source";
import type { LintContext } from "./context";

/** Where a duration is used: the end of a budget's period, or a plain length of time. */
export type DurationUse = "reset" | "length";

/** A duration as it is written. */
export interface PlacedDuration {
  readonly use: DurationUse;
  readonly text: string;
  readonly path: Path;
}

/** Words for lengths of time that LiteLLM knows (litellm/litellm_core_utils/duration_parser.py, LiteLLM 1.108.10). */
const WORDS: Readonly<Record<string, string>> = { hourly: "1h", daily: "24h", weekly: "7d", monthly: "30d" };

const RESETS: readonly (readonly string[])[] = [
  ["budget_duration"],
  ["internal_user_budget_duration"],
  ["default_internal_user_params", "budget_duration"],
  ["default_team_params", "budget_duration"],
  ["default_key_generate_params", "budget_duration"],
];
const LENGTHS: readonly (readonly string[])[] = [
  ["litellm_settings", "upperbound_key_generate_params", "budget_duration"],
  ["litellm_settings", "upperbound_key_generate_params", "duration"],
  ["litellm_settings", "default_key_generate_params", "duration"],
  ["general_settings", "maximum_spend_logs_retention_period"],
  ["general_settings", "maximum_daily_tag_spend_retention_period"],
  ["general_settings", "maximum_spend_logs_retention_interval"],
  ["general_settings", "maximum_spend_logs_cleanup_run_budget"],
];

/** What a word means, as a number with its unit; undefined for any other text. */
export function durationOfWord(text: string): string | undefined {
  return ownValue(WORDS, text.trim().toLowerCase());
}

/** Every duration of a configuration. References are left out; so are numbers where LiteLLM takes them as days. */
export function durationsIn(context: LintContext): PlacedDuration[] {
  const resets = RESETS.flatMap((steps) => durationAt(context, "reset", ["litellm_settings", ...steps]));
  const teams = context
    .items(["litellm_settings", "default_team_settings"])
    .flatMap((_, index) => durationAt(context, "reset", ["litellm_settings", "default_team_settings", index, "budget_duration"]));
  const lengths = LENGTHS.flatMap((path) => durationAt(context, "length", path));
  const tags = budgets(context, ["litellm_settings", "tag_budget_config"]);
  const providers = budgets(context, ["router_settings", "provider_budget_config"]);
  const deployments = context.deployments.flatMap(({ path }) =>
    durationAt(context, "length", [...path, "litellm_params", "budget_duration"]),
  );
  return [...resets, ...teams, ...lengths, ...tags, ...providers, ...deployments];
}

function budgets(context: LintContext, path: Path): PlacedDuration[] {
  return context
    .entries(path)
    .flatMap(([name]) =>
      ["budget_duration", "time_period"].flatMap((key) => durationAt(context, "length", [...path, name, key])),
    );
}

function durationAt(context: LintContext, use: DurationUse, path: Path): PlacedDuration[] {
  const value = context.value(path);
  if (typeof value === "number" && String(path.at(-1)).includes("retention_period")) return [];
  if (typeof value !== "string" && typeof value !== "number") return [];
  const text = String(value);
  return text.startsWith("os.environ/") ? [] : [{ use, text, path }];
}
