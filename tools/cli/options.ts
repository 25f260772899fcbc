import { Option } from "commander";
import type { Severity } from "../../core/findings";
import { FORMATS } from "../../core/findings";

/** `--format` with the renderings of a report. */
export function reportFormat(): Option {
  return new Option("--format <format>", "how findings are shown").choices([...FORMATS]).default("text");
}

/** `--format` for commands that have text and JSON only. */
export function plainFormat(): Option {
  return new Option("--format <format>", "how the answer is shown").choices(["text", "json"]).default("text");
}

/** `--fail-on`: the least severity that makes the exit code 1. */
export function failOn(): Option {
  const severities: Severity[] = ["error", "warning", "note"];
  return new Option("--fail-on <severity>", "the least severity that ends with exit code 1").choices(severities).default("error");
}
