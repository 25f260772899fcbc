import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ENVIRONMENT_RULES, type LoadedEnvironment } from "../../core/config";
import { applyWaivers, type Finding, found, type Rule } from "../../core/findings";

/** Judging needs neither, so these say nothing about a checkout. */
const PLACES = { projectFolder: ".", environmentFile: "environment.yaml", toolkit: "cdktf-litellm" };

/** What was found, and the rules that were looked for. */
interface Guarded {
  readonly findings: readonly Finding[];
  readonly rules: readonly Rule[];
}

/** What the guardrails say of the stacks that the environments would become. */
export function guard(loaded: readonly LoadedEnvironment[], today: string): Guarded {
  const isLocal = ({ environment }: LoadedEnvironment): boolean => environment?.target === "local";
  // The local stack has no provider's resources: loading the engine for it would double the time of a check.
  const idle = loaded
    .filter(isLocal)
    .flatMap(({ forGuardrails }) => applyWaivers([], forGuardrails?.waivers ?? [], new Set(), today));
  const rest = loaded.filter((one) => one.environment && !isLocal(one));
  if (rest.length === 0) return { findings: idle, rules: [] };
  const stacks = stacksIfInstalled();
  if (!stacks) return { findings: [...idle, ...rest.map(notRun)], rules: [] };
  const findings = rest.flatMap((one) => judged(stacks, one, today));
  return { findings: [...idle, ...findings], rules: stacks.GUARDRAILS };
}

/** Every guardrail, as a rule. They need no engine; loaded when they are asked for. */
export function guardrailRules(): readonly Rule[] {
  const { GUARDRAILS }: typeof import("../../constructs/guardrails") = require("../../constructs/guardrails");
  return GUARDRAILS;
}

type Stacks = typeof import("../../stacks");

function judged(stacks: Stacks, loaded: LoadedEnvironment, today: string): Finding[] {
  const scratch = mkdtempSync(join(tmpdir(), "cdktf-litellm-check-"));
  try {
    return stacks.guardEnvironment(loaded, PLACES, { today, scratch });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Loaded when an environment needs it: the engine and a provider's bindings are peers, and take a while. */
function stacksIfInstalled(): Stacks | undefined {
  try {
    return require("../../stacks");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "MODULE_NOT_FOUND") return undefined;
    throw error;
  }
}

function notRun({ forGuardrails }: LoadedEnvironment): Finding {
  const place = forGuardrails?.placeOf([["target"]]);
  return found(ENVIRONMENT_RULES.guardrailsNotRun, {
    ...(place && { place }),
    path: "target",
    message: "the engine is not installed beside this package, so the guardrails were not run",
    repair: ENVIRONMENT_RULES.guardrailsNotRun.repair,
  });
}
