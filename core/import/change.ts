import type { Place } from "../findings";

/**
 * What an import did with a part of its input.
 *
 * - `moved`: as it was, in another place
 * - `changed`: means the same, written in another way
 * - `secret`: a value that became a reference; it is written nowhere
 * - `added`: stands in the environment file and stood nowhere
 * - `left-out`: has no place in an environment file, or could not be read
 */
export type ChangeKind = "moved" | "changed" | "secret" | "added" | "left-out";

/** One thing that an import did. Texts are lower case, without a final period, and never hold the value of a secret. */
export interface Change {
  readonly kind: ChangeKind;
  /** Where in the input; absent for what was added. */
  readonly place?: Place;
  /** The path in the input; of what was added, the path in the environment file. Everything below it is meant too. */
  readonly path: string;
  readonly message: string;
}
