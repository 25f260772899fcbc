import { compareFindings, type Finding, found, type Place, shownValue } from "../../core/findings";
import type { Guardrail, Violation } from "./guardrail";
import { GUARDRAILS } from "./rules";
import { type Resource, type StackJson, StackView } from "./stack-view";

/** How a stack is judged. */
export interface JudgeOptions {
  /** Whether people depend on what is deployed. Elsewhere some rules are milder, or do not hold. @default true */
  readonly production?: boolean;
  /** Where a user wrote what `rule` found in this resource; undefined for the stack as a whole. @default nowhere */
  readonly placeOf?: (resource: Resource | undefined, rule: string) => Place | undefined;
  /** @default all of them */
  readonly guardrails?: readonly Guardrail[];
}

/** What is wrong with the resources of a synthesized stack. The findings' path is a Terraform address. */
export function judgeStack(json: StackJson, options: JudgeOptions = {}): Finding[] {
  const stack = new StackView(json);
  const guardrails = (options.guardrails ?? GUARDRAILS).flatMap((guardrail) => inForce(guardrail, options.production ?? true));
  return guardrails
    .flatMap((guardrail) => guardrail.check(stack).map((violation) => findingOf(guardrail, violation, options)))
    .sort(compareFindings);
}

function inForce(guardrail: Guardrail, production: boolean): Guardrail[] {
  const severity = production ? guardrail.severity : (guardrail.elsewhere ?? guardrail.severity);
  return severity === "off" ? [] : [{ ...guardrail, severity }];
}

function findingOf(guardrail: Guardrail, violation: Violation, { placeOf }: JudgeOptions): Finding {
  const { resource, attribute, message, expected } = violation;
  const place = placeOf?.(resource, guardrail.id);
  const got = violation.got ?? writtenAt(resource, attribute);
  return found(guardrail, {
    ...(place && { place }),
    path: [resource?.address, attribute].filter(Boolean).join("."),
    message,
    ...(got !== undefined && { got }),
    ...(expected !== undefined && { expected }),
    repair: violation.repair ?? guardrail.repair,
  });
}

function writtenAt(resource: Resource | undefined, attribute: string | undefined): string | undefined {
  const value = resource && attribute !== undefined ? resource.attributes[attribute] : undefined;
  return attribute === undefined || value === undefined ? undefined : shownValue(attribute, value);
}
