import type { CurrentObject } from "./current";
import { aliasOf } from "./key-body";
import { type Mark, markIn } from "./mark";

/** A generation of one of our keys, as it is in the gateway. */
export interface Generation {
  readonly row: CurrentObject;
  readonly mark: Mark;
  readonly number: number;
  readonly delivered: boolean;
  readonly isBlocked: boolean;
}

/** The generations of one key, sorted: the one in use first. */
export interface KeyGenerations {
  /** The newest that was delivered. */
  readonly live?: Generation;
  /** Delivered ones that it replaced. */
  readonly old: readonly Generation[];
  /** Made, and not known to be delivered: a run was cut off. */
  readonly unsure: readonly Generation[];
}

/** Our keys by their logical names. */
export function generationsByName(rows: readonly CurrentObject[], owner: string): Map<string, Generation[]> {
  const byName = new Map<string, Generation[]>();
  for (const row of rows) {
    const mark = markIn(row);
    if (mark?.owner !== owner) continue;
    const generation: Generation = {
      row,
      mark,
      number: mark.generation ?? 1,
      delivered: mark.delivered !== false,
      isBlocked: row.fields.blocked === true,
    };
    const known = byName.get(mark.name);
    if (known) known.push(generation);
    else byName.set(mark.name, [generation]);
  }
  return byName;
}

/**
 * Tells the generations of one key apart. Of two with the same number the one that has the alias of that generation is in
 * use, because a copy of its metadata has another; else the one made later.
 */
export function arrangeGenerations(generations: readonly Generation[]): KeyGenerations {
  const [only] = generations;
  // Nearly every key has one.
  if (generations.length === 1 && only?.delivered) return { live: only, old: [], unsure: [] };
  const newestFirst = [...generations].sort(
    (a, b) =>
      b.number - a.number ||
      Number(hasAlias(b)) - Number(hasAlias(a)) ||
      compare(b.mark.made, a.mark.made) ||
      compare(a.row.id, b.row.id),
  );
  const [live, ...old] = newestFirst.filter(({ delivered }) => delivered);
  return { ...(live && { live }), old, unsure: newestFirst.filter(({ delivered }) => !delivered) };
}

function hasAlias({ row, mark, number }: Generation): boolean {
  return row.fields.key_alias === aliasOf(mark.name, number);
}

function compare(a = "", b = ""): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
