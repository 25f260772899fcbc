import type { Finding } from "../../../core/findings";
import { type CheckSettingsOptions, checkSettings, loadCatalogue } from "../../../core/litellm";
import { parseSource } from "../../../core/source";

/** The findings of a configuration written as YAML, against LiteLLM 1.108.10. */
export function check(text: string, options: Partial<CheckSettingsOptions> = {}): Finding[] {
  const catalogue = loadCatalogue("1.108.10");
  const parsed = parseSource(text, "config.yaml");
  if (!catalogue || !("root" in parsed)) throw new Error("the test's own input is broken");
  return checkSettings(parsed.root, { catalogue, ...options });
}

/** What a user reads of findings, a line each: place, rule, path, message and repair. */
export function shown(findings: readonly Finding[]): string[] {
  return findings.map(({ place, rule, path, message, got, expected, repair }) =>
    [
      `${place?.line}:${place?.column} ${rule} ${path}: ${message}`,
      got && `got ${got}`,
      expected && `expected ${expected}`,
      repair && `-> ${repair}`,
    ]
      .filter(Boolean)
      .join("; "),
  );
}
