/**
 * The known name that somebody who wrote `name` most likely meant, or undefined when none is near enough:
 * at most `limit` edits, a swap of neighbours counting as one.
 *
 * @param limit default: one edit per five letters, one at least
 */
export function nearestName(
  name: string,
  known: Iterable<string>,
  limit: number = Math.max(1, Math.ceil(name.length / 5)),
): string | undefined {
  let best: string | undefined;
  let bestDistance = limit + 1;
  const folded = fold(name);
  for (const candidate of known) {
    if (Math.abs(candidate.length - name.length) >= bestDistance) continue;
    const distance = editDistance(folded, fold(candidate), bestDistance);
    if (distance < bestDistance || (distance === bestDistance && best !== undefined && candidate < best)) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Case and word separators are the commonest slip: `maxRetries`, `max-retries` and `max_retries` are near. */
function fold(name: string): string {
  return name.toLowerCase().replaceAll(/[-_ ]/g, "");
}

/** Damerau-Levenshtein distance (optimal string alignment); infinite as soon as it must be more than `most`. */
function editDistance(a: string, b: string, most: number): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = at(previous, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let cost = Math.min(at(previous, j) + 1, at(current, j - 1) + 1, substitution);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, at(beforePrevious, j - 2) + 1);
      current.push(cost);
    }
    if (Math.min(...current, ...previous) > most) return Number.POSITIVE_INFINITY;
    beforePrevious = previous;
    previous = current;
  }
  return at(previous, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
