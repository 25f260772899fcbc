import type { DesiredKey } from "../../../core/keys";
import { type CurrentObject, isSameEnd } from "../plan";
import { timeIn } from "./row-fields";

/**
 * When a key ends, in milliseconds since 1970. LiteLLM's end of a last day is some moments into the day after, because it
 * counts whole seconds from the request: then it is the end that the file gives.
 */
export function shownEnd(row: CurrentObject, key: DesiredKey | undefined): number | undefined {
  const ends = timeIn(row, "expires");
  if (ends === undefined || key?.lifetime.kind !== "fixed") return ends;
  return isSameEnd(key.lifetime.expires, ends) ? key.lifetime.expires : ends;
}
