import type { DesiredKey } from "../../../core/keys";
import { type CurrentObject, type Generation, isOver, type KeyGenerations, markIn } from "../plan";
import { placeText } from "../show";
import { knownOwner, spendOf } from "./key-concerns";
import type { KeyLine } from "./key-report";
import { numberIn, shownTime, textIn, textsIn, timeIn } from "./row-fields";
import { shownEnd } from "./shown-end";

/** One line a generation of a key, the one in use first; a key that is only in the file has one line too. */
export function keyLines(name: string, key: DesiredKey | undefined, generations: KeyGenerations, now: number): KeyLine[] {
  const { live, old, unsure } = generations;
  const line = (state: KeyLine["state"], { row, number, isBlocked }: Generation): KeyLine =>
    generationLine(name, key, { row, generation: number, state: stateOf(key, state, row, isBlocked, now) });
  const lines = [
    ...(live ? [line("in use", live)] : []),
    ...unsure.map((generation) => line("undelivered", generation)),
    ...old.map((generation) => line("overlapping", generation)),
  ];
  return lines.length > 0 || !key ? lines : [missingLine(key)];
}

/** The line of a key whose value existed before, which has no generations. */
export function existingKeyLine(key: DesiredKey, row: CurrentObject | undefined, now: number): KeyLine {
  if (!row) return missingLine(key);
  return generationLine(key.name, key, { row, state: stateOf(key, "in use", row, row.fields.blocked === true, now) });
}

interface Row {
  readonly row: CurrentObject;
  readonly generation?: number;
  readonly state: KeyLine["state"];
}

function generationLine(name: string, key: DesiredKey | undefined, { row, generation, state }: Row): KeyLine {
  const made = markIn(row)?.made ?? textIn(row, "created_at");
  const expires = shownEnd(row, key);
  const lastActive = timeIn(row, "last_active");
  const owner = key?.owner || knownOwner(row);
  const team = textIn(row, "team_id");
  const budget = numberIn(row, "max_budget");
  return {
    ...{ name, state, models: textsIn(row, "models"), tokenId: shortTokenId(row.id), spend: spendOf(row) },
    ...(generation !== undefined && { generation }),
    ...(owner !== undefined && { owner }),
    ...(team !== undefined && { team }),
    ...(key?.delivery && { deliveredTo: placeText(key.delivery) }),
    ...(made !== undefined && { made: shownTime(Date.parse(made)) }),
    ...(expires !== undefined && { expires: shownTime(expires) }),
    ...(lastActive !== undefined && { lastActive: shownTime(lastActive) }),
    ...(budget !== undefined && { budget }),
  };
}

function missingLine(key: DesiredKey): KeyLine {
  const { models, team_id, max_budget } = key.fields;
  return {
    ...{ name: key.name, state: "missing", spend: 0 },
    models: Array.isArray(models) ? models.filter((model) => typeof model === "string") : [],
    ...(key.owner && { owner: key.owner }),
    ...(typeof team_id === "string" && { team: team_id }),
    ...(key.delivery && { deliveredTo: placeText(key.delivery) }),
    ...(typeof max_budget === "number" && { budget: max_budget }),
  };
}

/** A key whose last day in the file is over has expired, however it was ended, once the gateway takes it no more. */
function stateOf(
  key: DesiredKey | undefined,
  state: KeyLine["state"],
  row: CurrentObject,
  isBlocked: boolean,
  now: number,
): KeyLine["state"] {
  if (isBlocked) return key && isOver(key, now) ? "expired" : "blocked";
  const expires = timeIn(row, "expires");
  return expires !== undefined && expires <= now ? "expired" : state;
}

/** A token id is no secret, but it names a key to the administration: reports show enough of it to find the key. */
export function shortTokenId(id: string): string {
  return id.slice(0, 8);
}
