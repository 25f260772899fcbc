/** What a procedure for a gateway's own keys depends on. */
export interface GatewayKeys {
  readonly environment: string;
  /** The environment's file, as the user named it. */
  readonly file: string;
  /** The command that brings changed secrets to the gateway. */
  readonly deploy: string;
  /** Where the master key's value is, in words. */
  readonly source: string;
  /** The LiteLLM version. */
  readonly version: string;
  /** Whether LiteLLM has a salt key of its own. Without one the master key encrypts what is stored. */
  readonly hasSaltKey: boolean;
  /** Whether the master key and the salt key come from the same place. */
  readonly isShared: boolean;
}

/** Ordered steps for a person, or why there are none that are safe. */
export type Procedure =
  | { readonly title: string; readonly steps: readonly string[] }
  | { readonly refused: string; readonly repair: string };

/** A procedure as Markdown. */
export function procedureText(procedure: Procedure): string {
  if ("refused" in procedure) return `refused: ${procedure.refused}\n  ${procedure.repair}\n`;
  return `${[`# ${procedure.title}`, "", ...procedure.steps.map((step, index) => `${index + 1}. ${step}`)].join("\n")}\n`;
}
