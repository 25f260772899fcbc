import type { Path } from "../../source";
import type { Catalogue } from "../catalogue";

/** What is known beside the configuration itself. */
export interface Surroundings {
  /** What the LiteLLM version that reads the configuration knows. */
  readonly catalogue: Catalogue;
  /** `YYYY-MM-DD`, for models that are retired. @default nothing is retired */
  readonly today?: string;
  /** Whether real users depend on this gateway. @default false */
  readonly production?: boolean;
  /**
   * Environment variables of the gateway's process, with the value where it is no secret.
   * @default not known, so that nothing is said to be missing
   */
  readonly variables?: ReadonlyMap<string, string | undefined>;
  /** Where the values of variables come from, so that two that share a secret are seen. @default not known */
  readonly sources?: ReadonlyMap<string, string>;
  /** How many gateways share the load. @default not known */
  readonly replicas?: number;
  /** Where the configuration stands in its file, such as `litellm.config`. @default it is the whole file */
  readonly at?: Path;
}
