import { endOfDay, milliseconds } from "../durations";
import type { KeyInput } from "../schema";
import type { KeysRule } from "./context";

const DAY = 86_400_000;
const LONGEST = 366 * DAY;

/** A value that is in use for years. */
export const keyLifetimeLong: KeysRule = {
  id: "key-lifetime-long",
  severity: "warning",
  summary: "a key's value is in use for more than a year",
  why: "The longer a value lives, the more copies of it there are.",
  repair: "end or rotate it within a year",
  check: (context) =>
    context.keys.flatMap(({ key, path }) => {
      const life = lifeOf(key, context.gateway.today);
      if (life <= LONGEST) return [];
      const at = [...path, key.rotate ? "rotate" : "expires"];
      const message = `this value is in use for ${Math.floor(life / DAY)} days`;
      return [context.found(keyLifetimeLong, at, { message, repair: keyLifetimeLong.repair })];
    }),
};

function lifeOf({ rotate, expires }: KeyInput, today: string): number {
  if (rotate) return milliseconds(rotate.every) ?? 0;
  return expires === undefined ? 0 : endOfDay(expires) - Date.parse(today);
}
