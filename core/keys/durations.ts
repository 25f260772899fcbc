import * as z from "zod";

const SECOND = 1000;
const UNITS: Readonly<Record<string, number>> = {
  s: SECOND,
  m: 60 * SECOND,
  h: 3600 * SECOND,
  d: 86_400 * SECOND,
  w: 7 * 86_400 * SECOND,
};

/** A length of time such as `90d` or `2w` in milliseconds; undefined for anything else. Months have no fixed length. */
export function milliseconds(text: string): number | undefined {
  if (!known.has(text)) known.set(text, read(text));
  return known.get(text);
}

/** Lengths that were read before: ten thousand keys have a handful of them, and each is asked for nine times. */
const known = new Map<string, number | undefined>();

function read(text: string): number | undefined {
  const [, count, unit] = /^([1-9]\d{0,5})([smhdw])$/.exec(text) ?? [];
  return count === undefined || unit === undefined ? undefined : Number(count) * (UNITS[unit] ?? 0);
}

/** A length of time, as {@link milliseconds} reads it. */
export const lengthOfTime = z.string().refine((value) => milliseconds(value) !== undefined, {
  message: "this is not a length of time: write a number and s, m, h, d or w, such as 90d",
});

/** The last millisecond of a day `YYYY-MM-DD`, UTC. */
export function endOfDay(date: string): number {
  return Date.parse(`${date}T23:59:59.999Z`);
}
