import type { Finding } from "../findings";
import type { MapNode } from "../source";
import type { EnvironmentInput } from "./schema";

/** What the schema cannot say of an environment on AWS. */
export function checkAws(_root: MapNode, _input: EnvironmentInput): Finding[] {
  return [];
}
