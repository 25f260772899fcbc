import { checkAtVersion } from "../config";
import type { Finding } from "../findings";
import type { Catalogue } from "../litellm";
import { type MapNode, nodeAt, toValue } from "../source";
import { advisoryChanges } from "./advisory-changes";
import { apiChanges } from "./api-changes";
import { compareChanges, type VersionChange } from "./change";
import { allModelChanges, usedModelChanges } from "./model-changes";
import { allSettingChanges, usedSettingChanges } from "./setting-changes";

const CONFIG = ["litellm", "config"];

/**
 * What is different between two LiteLLM versions, the gravest first. For an environment, of settings and models only what
 * it uses, and what its check would say.
 *
 * @param environment the tree of its file
 * @param today `YYYY-MM-DD`
 */
export function compareVersions(from: Catalogue, to: Catalogue, today: string, environment?: MapNode): VersionChange[] {
  const config = environment && nodeAt(environment, CONFIG);
  const used = environment && config?.kind === "map" ? usedChanges(environment, config, from, to, today) : undefined;
  const changes = [
    ...advisoryChanges(from.version, to.version),
    ...(used ?? [...allSettingChanges(from, to), ...allModelChanges(from, to)]),
    ...apiChanges(from, to, { metricsInUse: config === undefined || usesPrometheus(config) }),
  ];
  return changes.sort(compareChanges);
}

function usedChanges(environment: MapNode, config: MapNode, from: Catalogue, to: Catalogue, today: string): VersionChange[] {
  const settings = usedSettingChanges(config, CONFIG, from, to);
  const told = new Set(settings.filter(({ weight }) => weight === "breaks").map(({ what }) => what));
  const checks = checkChanges(checkAtVersion(environment, from.version, today), checkAtVersion(environment, to.version, today));
  // That a setting is gone is told once.
  return [...settings, ...usedModelChanges(config, CONFIG, from, to), ...checks.filter(({ what }) => !told.has(what))];
}

/** Findings that one version gives and the other does not. Those about the version itself are told as advisories. */
function checkChanges(before: readonly Finding[], after: readonly Finding[]): VersionChange[] {
  const keys = (findings: readonly Finding[]) => new Set(findings.map(keyOf));
  const [old, now] = [keys(before), keys(after)];
  const relevant = (finding: Finding): boolean => !finding.rule.startsWith("litellm-version-") && !finding.waiver;
  return [
    ...after
      .filter((finding) => relevant(finding) && !old.has(keyOf(finding)))
      .map((finding) =>
        changeOf(finding, finding.severity === "error" ? "breaks" : "differs", `${finding.message} [${finding.rule}]`),
      ),
    ...before
      .filter((finding) => relevant(finding) && !now.has(keyOf(finding)))
      .map((finding) => changeOf(finding, "informs", `no longer found: ${finding.message} [${finding.rule}]`)),
  ];
}

function changeOf({ path, place }: Finding, weight: VersionChange["weight"], message: string): VersionChange {
  return { topic: "check", weight, what: path, message, ...(place && { place }) };
}

function keyOf({ rule, path, severity }: Finding): string {
  return JSON.stringify([rule, path, severity]);
}

function usesPrometheus(config: NonNullable<ReturnType<typeof nodeAt>>): boolean {
  const settings = nodeAt(config, ["litellm_settings"]);
  return settings !== undefined && JSON.stringify(toValue(settings)).includes("prometheus");
}
