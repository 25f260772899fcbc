import type { DesiredKey } from "../../../core/keys";
import type { Applied, ReconcileOptions } from "../apply";
import { type Current, type CurrentObject, isOver, isTaken, markIn } from "../plan";

/** What is said of the keys that got no new value although one was asked for: a line for each, with what to do. */
export function missedText(
  { current, executed: { done } }: Applied,
  { desired, owner, rotateNow = new Set(), clock }: ReconcileOptions,
): string[] {
  const renewed = new Set(done.flatMap(({ verb, name }) => (verb === "rotate" || verb === "issue" ? [name] : [])));
  const ended = new Set(done.flatMap((action) => (action.verb === "block" || action.verb === "delete" ? [action.id] : [])));
  return desired.keys
    .filter(({ name }) => rotateNow.has(name) && !renewed.has(name))
    .map((key) => {
      const missed = `no new value for ${key.name}`;
      if (rowsOf(key, current, owner).some((row) => !ended.has(row.id) && isTaken(row, clock.now())))
        return `${missed}: the old one is still taken; block it in the gateway`;
      return isOver(key, clock.now())
        ? `${missed}: its last day is over, and no old value is taken; write a later day to go on`
        : `${missed}: no old value is taken; see above what keeps it from a new one`;
    });
}

/** What the gateway has of a key: ours, and one of its name or hash that is nobody's yet. */
function rowsOf({ name, existing }: DesiredKey, { keys }: Current, owner: string): CurrentObject[] {
  return keys.filter((row) => {
    const mark = markIn(row);
    return mark ? mark.owner === owner && mark.name === name : row.id === existing || row.fields.key_alias === name;
  });
}
