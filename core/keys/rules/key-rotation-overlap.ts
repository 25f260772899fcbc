import { milliseconds } from "../durations";
import { DEFAULT_OVERLAP } from "../to-desired";
import type { KeysRule } from "./context";

/** An old value that outlives its successor. */
export const keyRotationOverlap: KeysRule = {
  id: "key-rotation-overlap",
  severity: "error",
  summary: "a key's overlap is not shorter than half its life",
  why: "Values would pile up: a leaked one stays valid through the next rotation.",
  repair: "make overlap shorter, or rotate less often",
  check: (context) =>
    context.keys.flatMap(({ key: { rotate }, path }) => {
      if (!rotate) return [];
      const overlap = rotate.overlap ?? DEFAULT_OVERLAP;
      if ((milliseconds(overlap) ?? 0) * 2 < (milliseconds(rotate.every) ?? 0)) return [];
      const message = `${overlap} of overlap is too much for a value that lives ${rotate.every}`;
      return [context.found(keyRotationOverlap, [...path, "rotate"], { message, repair: keyRotationOverlap.repair })];
    }),
};
