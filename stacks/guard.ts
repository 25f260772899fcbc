import { App, type TerraformStack } from "cdktf";
import { judgeStack, type Resource } from "../constructs";
import { type ForGuardrails, isProduction, type LoadedEnvironment } from "../core/config";
import { applyWaivers, type Finding } from "../core/findings";
import { addEnvironmentStacks } from "./environment-stacks";
import { inputsBehind, switchBehind } from "./guarded-inputs";
import type { ProjectPlaces } from "./project-places";

/**
 * What the guardrails say of an environment's stacks, its waivers applied.
 *
 * @param today `YYYY-MM-DD`, for the end dates of waivers
 */
export function guardStacks(stacks: readonly TerraformStack[], loaded: LoadedEnvironment, today: string): Finding[] {
  const { environment, forGuardrails } = loaded;
  if (!environment || !forGuardrails) return [];
  const production = isProduction(environment);
  const placeOf = (resource: Resource | undefined, rule: string) => forGuardrails.placeOf(inputsBehind(rule, resource?.madeFrom));
  const findings = stacks.flatMap((stack) => judgeStack(stack.toTerraform(), { production, placeOf }));
  return applyWaivers(
    findings.map((finding) => inWordsOfTheFile(finding, forGuardrails)),
    forGuardrails.waivers,
    new Set(),
    today,
  );
}

/**
 * The same for an environment whose stacks nobody has made yet. Nothing is synthesized to files.
 *
 * @param options.scratch a folder of the caller's that the engine makes another in
 */
export function guardEnvironment(
  loaded: LoadedEnvironment,
  places: ProjectPlaces,
  { today, scratch }: { readonly today: string; readonly scratch: string },
): Finding[] {
  if (!loaded.environment) return [];
  const stacks = addEnvironmentStacks(new App({ outdir: scratch }), loaded.environment, places);
  return guardStacks(stacks, loaded, today);
}

/**
 * A user of environment files mends the file, not the resource that it became. A name that begins with `unsafe` was an error
 * of the file before its stacks were made; that they were made means that it was waived there, and once is enough.
 */
function inWordsOfTheFile(finding: Finding, { has }: ForGuardrails): Finding {
  const path = switchBehind(finding.rule);
  if (!path || !has(path)) return finding;
  const isAccepted = path.at(-1)?.startsWith("unsafe") ?? false;
  return { ...finding, ...(isAccepted && { severity: "note" }), repair: `change ${path.join(".")}` };
}
