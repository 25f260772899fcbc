import type { TerraformStack } from "cdktf";
import { applyWaivers, type Finding, isAtLeast, type Severity, type Waiver } from "../../core/findings";
import { judgeStack } from "./judge";

/** Options of {@link addGuardrails}. */
export interface GuardrailOptions {
  /** Whether people depend on the stack. @default true */
  readonly production?: boolean;
  /** Findings that are known and accepted for a while; `at` is a Terraform address. @default none */
  readonly waivers?: readonly Omit<Waiver, "path" | "place">[];
  /** `YYYY-MM-DD`, for the end dates of waivers: a parameter, because the same input gives the same result on any day. */
  readonly today: string;
  /** The least severity that ends synth. @default "error" */
  readonly failOn?: Severity;
}

/**
 * Has a stack of your own judged by all guardrails when the app is synthesized: synth ends with what they say.
 * The stacks that this toolkit makes from environment files are judged already.
 */
export function addGuardrails(stack: TerraformStack, options: GuardrailOptions): void {
  stack.node.addValidation({ validate: () => messages(stack, options) });
}

function messages(stack: TerraformStack, { production, waivers = [], today, failOn = "error" }: GuardrailOptions): string[] {
  const findings = judgeStack(stack.toTerraform(), { production: production ?? true });
  const named = waivers.map((waiver, index) => ({ ...waiver, path: `waivers[${index}]` }));
  const counted = applyWaivers(findings, named, new Set(), today);
  return counted.filter(({ severity, waiver }) => !waiver && isAtLeast(severity, failOn)).map(sentence);
}

function sentence({ rule, path, message, got, repair }: Finding): string {
  return `${path}: ${message}${got === undefined ? "" : `, got ${got}`}; ${repair} [${rule}]`;
}
