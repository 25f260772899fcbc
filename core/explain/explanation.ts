import type { Place, Rule } from "../findings";
import type { History } from "../litellm";

/** A rule as it is explained. */
export interface RuleExplanation extends Omit<Rule, "waivable"> {
  readonly kind: "rule";
  readonly waivable: boolean;
  /** Where docs/ explains it. */
  readonly docs: string;
}

/** A setting of LiteLLM's configuration, as one version knows it. */
export interface SettingExplanation {
  readonly kind: "setting";
  /** The path in LiteLLM's configuration, indices as `[]`. */
  readonly path: string;
  readonly litellmVersion: string;
  /** Whether this version knows it. */
  readonly known: boolean;
  /** In the catalogue's notation; empty where it is not known. */
  readonly type: string;
  readonly default?: unknown;
  /** LiteLLM's own words. */
  readonly description?: string;
  /** The file and line of LiteLLM that reads or declares it. */
  readonly readAt?: string;
  readonly versions: History;
  /** Names of the mapping that it takes, where it is one. */
  readonly fields?: readonly string[];
  readonly rules: readonly { readonly id: string; readonly summary: string }[];
  /** Where the environment that was named sets it. */
  readonly setAt?: readonly Place[];
}

/** A name of the environment file itself. */
export interface EnvironmentNameExplanation {
  readonly kind: "environment";
  readonly path: string;
  /** What may stand there, in words. */
  readonly expected: string;
  /** The names of the mapping, where it is one. */
  readonly names?: readonly string[];
  /** Why this version refuses it, where it does. */
  readonly notYet?: string;
  readonly setAt?: Place;
}

/** A line of the rendered config.yaml. */
export interface LineExplanation {
  readonly kind: "line";
  readonly line: number;
  /** The line, a value that may be a secret hidden. */
  readonly text: string;
  /** The path in the environment file. */
  readonly path: string;
  readonly place: Place;
}

/** A resource of the synthesized stacks. */
export interface AddressExplanation {
  readonly kind: "address";
  readonly address: string;
  readonly stack: string;
  /** The construct that made it, such as `local/gateway/process`. */
  readonly construct: string;
  readonly environmentFile?: string;
  /** The paths of the environment that it is made from, and where they stand; no place where a default holds. */
  readonly madeFrom: readonly { readonly path: string; readonly place?: Place }[];
}

export type Explanation =
  | RuleExplanation
  | SettingExplanation
  | EnvironmentNameExplanation
  | LineExplanation
  | AddressExplanation;

/** Why there is nothing to explain, and what was perhaps meant. */
export interface Unexplained {
  readonly problem: string;
  readonly repair?: string;
}
