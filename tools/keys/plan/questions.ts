import type { Delivery, Desired } from "../../../core/keys";
import type { Current } from "./current";
import { generationsByName } from "./key-generations";

/** A key whose destination is asked what it holds before a plan is made. */
export interface Question {
  readonly name: string;
  readonly delivery: Delivery;
  /** Token ids that the key has in the gateway. */
  readonly tokenIds: readonly string[];
}

/**
 * The destinations that a plan needs to know about: of keys that have a generation of which it is not known whether it was
 * delivered, and of all that are files. To look at a file costs nothing; a cluster or a cloud would be asked key by key.
 *
 * @param all of those too
 */
export function keysToAskFor({ keys }: Desired, current: Current, owner: string, all: boolean): Question[] {
  const generations = generationsByName(current.keys, owner);
  return keys.flatMap(({ name, delivery }) => {
    const own = generations.get(name) ?? [];
    if (!delivery || !(all || "file" in delivery || own.some(({ delivered }) => !delivered))) return [];
    return [{ name, delivery, tokenIds: own.map(({ row }) => row.id) }];
  });
}
