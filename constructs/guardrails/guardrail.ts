import type { Rule, Severity } from "../../core/findings";
import type { Resource, StackView } from "./stack-view";

/** What breaks a guardrail. */
export interface Violation {
  /** Absent where it is the stack as a whole. */
  readonly resource?: Resource;
  /** The attribute at fault, as Terraform names it. */
  readonly attribute?: string;
  readonly message: string;
  /** Replaces what stands in `attribute`. */
  readonly got?: string;
  readonly expected?: string;
  /** @default the rule's own repair */
  readonly repair?: string;
}

/** A rule about the resources of a synthesized stack, whoever wrote it. `severity` holds in production. */
export interface Guardrail extends Rule {
  /** How grave it is outside production; `off` where it does not hold there. @default as in production */
  readonly elsewhere?: Severity | "off";
  check(stack: StackView): Violation[];
}
